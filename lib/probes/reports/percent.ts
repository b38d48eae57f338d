import type { Counter } from './facts.ts'

/** `79.99%`, cut and never rounded up to a threshold that it is below; null of nothing, or of more than there is. */
export function percentOf({ covered, total }: Counter): string | null {
  if (total === 0 || covered > total) return null
  const hundredths = (BigInt(covered) * 10_000n) / BigInt(total)
  return `${Number(hundredths) / 100}%`
}
