const PARTS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

/** A span of whole milliseconds as people say it: `2d 3h`, `25h 1s`, `120ms`. Cut to seconds; up to two days in hours. */
export function spanWords(ms: number): string {
  if (ms < 1000) return `${ms}ms`
  let left = ms
  const said: string[] = []
  for (const [unit, size] of ms < 172_800_000 ? PARTS.slice(1) : PARTS) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0) said.push(`${count}${unit}`)
  }
  return said.join(' ')
}
