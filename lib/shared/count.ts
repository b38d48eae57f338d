/** PostgreSQL's integer: a larger one would be an error of the database, not a thing that is not there. */
export const LARGEST_COUNT = 2_147_483_647

/** A run's number or a sequence number as an address writes it: digits alone. Null when it can be none. */
export function parseCount(text: string): number | null {
  if (!/^[1-9]\d{0,9}$/.test(text)) return null
  const number = Number(text)
  return number <= LARGEST_COUNT ? number : null
}
