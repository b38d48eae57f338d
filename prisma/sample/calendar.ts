const MINUTE = 60_000
const DAY = 86_400_000

/** A working time before this week: weekday 0 is Monday; hours and minutes in UTC. */
export type Moment = { weeksAgo: number; weekday: number; hour: number; minute: number }

/** Weeks are counted from Monday 00:00 UTC, so that the sample's releases fall on working days whenever it is loaded. */
export function momentOf({ weeksAgo, weekday, hour, minute }: Moment, now: Date): Date {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  const monday = midnight - ((now.getUTCDay() + 6) % 7) * DAY
  return new Date(monday - (weeksAgo * 7 - weekday) * DAY + (hour * 60 + minute) * MINUTE)
}

export function minutesAfter(from: Date, minutes: number): Date {
  return new Date(from.getTime() + Math.round(minutes * MINUTE))
}

/** Numbers in [0, 1) that look drawn and are the same each time (mulberry32): people never act on the full minute. */
export function drawFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
