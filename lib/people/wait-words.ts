import { counted } from '#lib/shared/words.ts'

/** "40 seconds", "3 minutes", "2 hours": rounded up, so that nobody comes back too early. */
export function waitWords(seconds: number): string {
  if (seconds <= 90) return counted({ count: Math.max(1, Math.ceil(seconds)), one: 'second' })
  if (seconds <= 90 * 60) return counted({ count: Math.ceil(seconds / 60), one: 'minute' })
  return counted({ count: Math.ceil(seconds / 3600), one: 'hour' })
}

/** What a person is told who tried too often. */
export function tooManyTries(seconds: number): string {
  return `Too many attempts that failed. Wait ${waitWords(seconds)}, then try again.`
}
