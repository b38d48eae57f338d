import { PROBE_LIMITS } from '#lib/probes/limits.ts'
import { placed } from '#lib/probes/place.ts'
import type { SingleConfig } from '#lib/probes/single-probe.ts'

type Place = { held: number; waiting: (() => void)[] }
const places = new Map<string, Place>()

const USUAL_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'ws:': '80', 'redis:': '6379' }

/** The host and port that a probe asks first; null where that is not known, or not one place. */
export function placeOf(config: SingleConfig, variables: Readonly<Record<string, string>>): string | null {
  if (config.kind === 'dns') return null
  const text = placed(config.url, { variables, name: null })
  if (!text.ok) return null
  const whole = text.text.includes('://') ? text.text : `tcp://${text.text}`
  if (!URL.canParse(whole)) return null
  const { hostname, port, protocol } = new URL(whole)
  return `${hostname.toLowerCase()}:${port === '' ? (USUAL_PORTS[protocol] ?? '443') : port}`
}

/**
 * Waits until so few looks of this process are at a place that one more may be; answers with what gives the place back, or null when none came
 * in time. First come, first served. A look has one place at most, so nobody waits for who waits for him.
 */
export async function takePlace(
  place: string,
  { signal, patienceMs }: { signal: AbortSignal; patienceMs: number },
): Promise<(() => void) | null> {
  const at = places.get(place) ?? { held: 0, waiting: [] }
  places.set(place, at)
  const leave = () => {
    const next = at.waiting.shift()
    // Who waited has it at once, or somebody new might be quicker.
    if (next !== undefined) return next()
    at.held -= 1
    if (at.held === 0) places.delete(place)
  }
  if (at.held < PROBE_LIMITS.perPlace) {
    at.held += 1
    return leave
  }
  const { promise, resolve } = Promise.withResolvers<(() => void) | null>()
  const turn = () => resolve(leave)
  const giveUp = () => {
    const index = at.waiting.indexOf(turn)
    if (index === -1) return
    at.waiting.splice(index, 1)
    resolve(null)
  }
  at.waiting.push(turn)
  const timer = setTimeout(giveUp, patienceMs)
  signal.addEventListener('abort', giveUp, { once: true })
  if (signal.aborted) giveUp()
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
  }
}
