/** A moment: a Date, or milliseconds since 1970 in UTC. */
export type Moment = Date | number

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

function isoOf(moment: Moment): string {
  return new Date(moment).toISOString()
}

/** The form of records and exports: `2026-11-23 15:31:04 UTC`. Throws a RangeError for an invalid date. */
export function formatUtc(moment: Moment): string {
  const iso = isoOf(moment)
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`
}

/** `2026-11-23`, the day in UTC. */
export function formatUtcDay(moment: Moment): string {
  return isoOf(moment).slice(0, 10)
}

/** `15:31 UTC`, for a line whose day is said elsewhere. */
export function formatUtcTime(moment: Moment): string {
  return `${isoOf(moment).slice(11, 16)} UTC`
}

/** ISO 8601 with seconds, for `<time dateTime>` and files: `2026-11-23T15:31:04Z`. */
export function formatIso(moment: Moment): string {
  return `${isoOf(moment).slice(0, 19)}Z`
}

function localParts(moment: Moment, timeZone: string): { day: string; time: string; zone: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  })
  const parts = new Map(format.formatToParts(new Date(moment)).map((part) => [part.type, part.value]))
  const get = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? ''
  return {
    day: `${get('year')}-${get('month')}-${get('day')}`,
    time: `${get('hour')}:${get('minute')}`,
    zone: get('timeZoneName'),
  }
}

/** In the viewer's zone (an IANA name): `2026-11-23 16:31 CET`; only `16:31 CET` when that is the day of `now` there. */
export function formatLocal({ at, now, timeZone }: { at: Moment; now: Moment; timeZone: string }): string {
  const { day, time, zone } = localParts(at, timeZone)
  return day === localParts(now, timeZone).day ? `${time} ${zone}` : `${day} ${time} ${zone}`
}

/** A length in milliseconds in its two largest units: `45 s`, `2 min 5 s`, `1 h 20 min`, `3 d 4 h`; `0 s` below a second. */
export function formatDuration(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / SECOND)) * SECOND
  const units = [
    { size: DAY, name: 'd' },
    { size: HOUR, name: 'h' },
    { size: MINUTE, name: 'min' },
    { size: SECOND, name: 's' },
  ]
  const first = units.findIndex((unit) => total >= unit.size)
  if (first === -1) return '0 s'
  let rest = total
  const words: string[] = []
  for (const { size, name } of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) words.push(`${count} ${name}`)
  }
  return words.join(' ')
}

/** One unit is enough to say how long ago or how soon: `just now`, `14 s ago`, `38 min ago`, `in 22 min`, `3 d ago`. */
export function formatRelative({ at, now }: { at: Moment; now: Moment }): string {
  const distance = Number(at) - Number(now)
  const length = Math.abs(distance)
  if (length < 5 * SECOND) return 'just now'
  const words =
    length < MINUTE
      ? `${Math.floor(length / SECOND)} s`
      : length < HOUR
        ? `${Math.floor(length / MINUTE)} min`
        : length < 2 * DAY
          ? `${Math.floor(length / HOUR)} h`
          : `${Math.floor(length / DAY)} d`
  return distance < 0 ? `${words} ago` : `in ${words}`
}
