/** The place, such as a step, that what was seen shares with its condition; empty where there is none. */
export function commonPlace({ text, observed }: { text: string; observed: string }): string {
  const ends = [...text.matchAll(/: /g)].map(({ index }) => index + 2)
  const end = ends.findLast((one) => observed.startsWith(text.slice(0, one)))
  return text.slice(0, end ?? 0)
}
