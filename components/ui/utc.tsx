import { formatUtc, type TimeShow } from './time-format.ts'

/** A moment in UTC for everyone: records, receipts, exports. */
export function Utc({ at, show }: { at: Date | string; show?: Exclude<TimeShow, 'relative'> }) {
  const moment = typeof at === 'string' ? new Date(at) : at
  return <time dateTime={moment.toISOString()}>{formatUtc(moment, show)}</time>
}
