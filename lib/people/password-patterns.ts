const ROWS = ['`1234567890-=', ' qwertyuiop[]', " asdfghjkl;'", ' zxcvbnm,./']
/** How far each row of a keyboard stands to the right of the row of digits, in keys. */
const SHIFTS = [0, 0.5, 0.75, 1.25]
const SHIFTED = '!@#$%^&*()_+'
const UNSHIFTED = '1234567890-='

const PLACES = new Map(
  ROWS.flatMap((row, y) =>
    [...row].map((key, column): [string, { x: number; y: number }] => [
      key,
      { x: column + (SHIFTS[y] ?? 0), y },
    ]),
  ),
)

function placeOf(key: string): { x: number; y: number } | undefined {
  const index = SHIFTED.indexOf(key)
  return PLACES.get(index < 0 ? key : (UNSHIFTED[index] ?? key))
}

/** Same key, its neighbour on the keyboard, or the letter or digit before or after it. */
function follows(before: string, after: string): boolean {
  if (before === after) return true
  const step = (after.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0)
  if (Math.abs(step) === 1 && /[a-z0-9]/.test(before) && /[a-z0-9]/.test(after)) return true
  const [from, to] = [placeOf(before), placeOf(after)]
  return (
    from !== undefined && to !== undefined && Math.abs(from.x - to.x) <= 1 && Math.abs(from.y - to.y) <= 1
  )
}

/** Shorter ones appear in ordinary words. */
const SHORTEST_WALK = 4

/**
 * How many characters of a lower-case text have to be guessed when keyboard walks, sequences and runs of four and more
 * are taken for one character each: `qwertyuiop12` → 3.
 */
export function unpredictableLength(text: string): number {
  const characters = [...text]
  let total = 0
  for (let start = 0; start < characters.length; ) {
    let end = start + 1
    while (end < characters.length && follows(characters[end - 1] ?? '', characters[end] ?? '')) end += 1
    total += end - start >= SHORTEST_WALK ? 1 : end - start
    start = end
  }
  return total
}

/** Length of the shortest block whose repetition gives the text: `abcabcab` → 3; the text's own length when nothing repeats. */
export function periodOf(text: string): number {
  const characters = [...text]
  for (let period = 1; period <= characters.length / 2; period += 1) {
    if (characters.every((character, index) => character === characters[index % period])) return period
  }
  return characters.length
}
