import { PROBE_LIMITS } from '#lib/probes/limits.ts'

/** When the worker looks again by itself. Times in seconds. */
export const REPEAT = {
  /** Of the shelf life: what is left is for the queue and for a look that does not go well. */
  share: 0.8,
  /** Up to so much earlier, so that a run's probes do not all come at once. */
  jitter: 0.1,
  least: 20,
  /** After the first pass of two that a regression asks for. */
  confirm: 10,
  /** Nobody did anything in the run for so long, nor looks at it: it is left alone until somebody does, or the gate is asked. */
  idle: 86_400,
  /** Of one run in one round; people's own starts must find room beside them. */
  mostAtOnce: 50,
} as const

/** An item of a live run whose probe has looked before. Times in milliseconds. */
export type Repeatable = {
  key: string
  /** Of the last look. */
  lookedAt: number
  lookId: string
  /** Passes in a row since a regression; null where there is none to make good. */
  passesSince: number | null
  /** How long the evidence keeps; null for the whole run. */
  shelfSeconds: number | null
  /** Of the probe's own clause. */
  everySeconds: number | null
}

/** The same for the same look and unlike for others: the last 16 bits of its id, from 0 to 1. */
function chance(id: string): number {
  const tail = Number.parseInt(id.slice(-4), 16)
  return Number.isNaN(tail) ? 0 : tail / 0xffff
}

/** When an item is due to be looked at again, in milliseconds; null: never by itself. */
export function dueAt({
  lookedAt,
  lookId,
  passesSince,
  shelfSeconds,
  everySeconds,
}: Repeatable): number | null {
  if (passesSince !== null && passesSince > 0) return lookedAt + REPEAT.confirm * 1000
  const waits = [everySeconds, shelfSeconds === null ? null : shelfSeconds * REPEAT.share].filter(
    (seconds) => seconds !== null,
  )
  if (waits.length === 0) return null
  const wait = Math.min(...waits) * (1 - REPEAT.jitter * chance(lookId))
  return lookedAt + Math.max(REPEAT.least, wait) * 1000
}

/** Keys of the items that are due now, those that waited longest first, as many as one round starts. */
export function dueKeys({ items, now }: { items: readonly Repeatable[]; now: number }): string[] {
  return items
    .flatMap((item) => {
      const due = dueAt(item)
      return due !== null && due <= now ? [{ key: item.key, due }] : []
    })
    .sort((one, other) => one.due - other.due)
    .slice(0, REPEAT.mostAtOnce)
    .map(({ key }) => key)
}

/** A probe in shadow has no shelf life of the item's, but is looked at as if it had its own. */
export const USUAL_SHELF_SECONDS = PROBE_LIMITS.shelfSeconds.usual
