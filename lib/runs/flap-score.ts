import type { HistoryRow } from './item-history.ts'

/** Looks that are counted: the last ones. */
const LOOKS = 20

/** How often the verdict changed in the last looks that gave one, newest first. Looks of a probe in shadow count by themselves. */
export function flapScore(rows: readonly HistoryRow[]): { looks: number; changes: number } {
  const [first] = rows.filter(({ observation }) => observation !== null)
  const verdicts = rows
    .flatMap(({ kind, observation }) => (observation && kind === first?.kind ? [observation.verdict] : []))
    .filter((verdict) => verdict !== 'inconclusive')
    .slice(0, LOOKS)
  const changes = verdicts.filter((verdict, place) => place > 0 && verdict !== verdicts[place - 1]).length
  return { looks: verdicts.length, changes }
}

/** In words, or null while it never changed its mind. */
export function flapWords(rows: readonly HistoryRow[]): string | null {
  const { looks, changes } = flapScore(rows)
  if (changes === 0) return null
  return `The verdict changed ${changes === 1 ? 'once' : `${changes} times`} in the last ${looks} looks that gave one.`
}
