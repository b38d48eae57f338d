import { z } from 'zod'
import { RUN_STATES } from '#lib/shared/codes.ts'
import type { HistoryFilters } from '#lib/shared/paths.ts'

/** How many runs a page of the history holds. */
export const HISTORY_PAGE = 50

const word = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\u0000'))
  .optional()
  .catch(undefined)
// Year 0 is none in PostgreSQL's calendar.
const day = z.iso
  .date()
  .refine((text) => !text.startsWith('0000'))
  .optional()
  .catch(undefined)

/** The filters of an address; whatever cannot be read is left out, so that an old link still opens. */
export const historyFilters = z.object({
  service: word,
  environment: word,
  state: z.enum(RUN_STATES).optional().catch(undefined),
  person: word,
  text: word,
  from: day,
  to: day,
  after: word,
})

export function readFilters(query: Record<string, string | string[] | undefined>): HistoryFilters {
  const single = Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  )
  const parsed = historyFilters.parse(single)
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined))
}

export type Cursor = { openedAt: Date; id: string }

/** The key of the last row of a page: opaque in the address, `time.id` inside. */
export function printCursor({ openedAt, id }: Cursor): string {
  return `${openedAt.getTime().toString(36)}.${id}`
}

/** Null when the text is no cursor of ours. */
export function parseCursor(text: string | undefined): Cursor | null {
  const [time, id] = text?.split('.') ?? []
  const at = Number.parseInt(time ?? '', 36)
  const openedAt = new Date(at)
  // A date beyond what JavaScript can hold is none, and the database would choke on it.
  return !Number.isNaN(openedAt.getTime()) &&
    Math.abs(openedAt.getUTCFullYear() - 5_000) < 5_000 &&
    z.uuid().safeParse(id).success &&
    id
    ? { openedAt, id }
    : null
}

/** A text as a LIKE pattern that finds it anywhere, its own wildcards taken literally. */
export function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}

/** The first moment of the day after, so that `to` includes its whole day (UTC). */
export function dayAfter(date: string): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000)
}
