export type TimeShow = 'hour' | 'clock' | 'minute' | 'second' | 'date' | 'relative'

const parts: Record<Exclude<TimeShow, 'relative'>, Intl.DateTimeFormatOptions> = {
  hour: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  clock: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  date: { day: 'numeric', month: 'short', year: 'numeric' },
  minute: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  second: {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  },
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(at: Date, show: Exclude<TimeShow, 'relative'>, timeZone: string | undefined): string {
  const key = `${show} ${timeZone ?? ''}`
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat('en-GB', timeZone ? { ...parts[show], timeZone } : parts[show])
    formats.set(key, made)
  }
  return made.format(at)
}

/** `23 Nov 2026, 15:38 UTC`: what records and exports show. A date alone carries no zone. */
export function formatUtc(at: Date, show: Exclude<TimeShow, 'relative'> = 'minute'): string {
  return `${format(at, show, 'UTC')}${show === 'date' ? '' : ' UTC'}`
}

/** In the zone of the machine that formats; call it in the browser only. */
export function formatLocal(at: Date, show: Exclude<TimeShow, 'relative'> = 'minute'): string {
  return format(at, show, undefined)
}

const steps = [
  { unit: 'd', seconds: 86_400 },
  { unit: 'h', seconds: 3_600 },
  { unit: 'min', seconds: 60 },
  { unit: 's', seconds: 1 },
] as const

/** `38 min ago`, `in 22 min`, `just now` under five seconds; the date from eight days on. Rounded down. */
export function formatRelative(at: Date, now: number): string {
  const away = Math.abs(at.getTime() - now) / 1000
  if (away < 5) return 'just now'
  if (away >= 8 * 86_400) return formatUtc(at, 'date')
  const step = steps.find((candidate) => away >= candidate.seconds) ?? steps[3]
  const span = `${Math.floor(away / step.seconds)} ${step.unit}`
  return at.getTime() > now ? `in ${span}` : `${span} ago`
}
