import { observe } from '#lib/probes/channels/observe.ts'
import type { ProbeConfig } from '#lib/probes/config.ts'
import type { Observation } from '#lib/probes/observation.ts'
import { isPulledConfig } from '#lib/probes/pushed.ts'
import { type AllowEntry, parseAllowEntry } from '#lib/shared/allow-entry.ts'
import type { Place } from './place.ts'

/** A sample target of the load's own, on another port than the one that the environments name. */
export type PrivateTarget = { port: number; broken: Set<string> }

export type Look = (given: {
  config: ProbeConfig
  broken: readonly string[]
  at: Date
  pace: number
}) => Promise<Observation>

function entryOf(text: string): AllowEntry {
  const parsed = parseAllowEntry(text)
  if (!parsed.ok) throw new TypeError(parsed.refusal.message)
  return parsed.value
}

/** The same look at another time: the address is the environments', and no two looks take equally long. */
function moved(seen: Observation, { at, pace, port }: { at: Date; pace: number; port: number }): Observation {
  const slower = (phase: string | null) => (phase === null ? null : (Number(phase) * pace).toFixed(1))
  const { phases, connection } = seen
  const later = {
    ...seen,
    at: at.toISOString(),
    connection: connection && { ...connection, port },
    phases: {
      resolve: slower(phases.resolve),
      connect: slower(phases.connect),
      tls: slower(phases.tls),
      wait: slower(phases.wait),
      transfer: slower(phases.transfer),
      total: slower(phases.total),
    },
  }
  if (later.kind !== 'http' || later.response === null) return later
  const headers = later.response.headers.map((header) =>
    header.name.toLowerCase() === 'date' ? { ...header, value: at.toUTCString() } : header,
  )
  return { ...later, response: { ...later.response, headers } }
}

/**
 * Looks for the sample's history: each probe looks once for real, at a private target in the state that the story asks
 * for, and what it saw is handed in at the times of the story.
 */
export function privateLooks({ target, place }: { target: PrivateTarget; place: Place }): Look {
  const known = new Map<string, Observation>()
  const port = Number(place.allowed.split(':')[1])
  const [here, there] = [`127.0.0.1:${target.port}`, place.allowed]
  const variables = Object.fromEntries(
    Object.entries(place.variables).map(([name, value]) => [name, value.replace(there, here)]),
  )
  return async ({ config, broken, at, pace }) => {
    const key = JSON.stringify([config, broken])
    let seen = known.get(key)
    if (!seen) {
      target.broken.clear()
      for (const name of broken) target.broken.add(name)
      const allowList = [entryOf(here)]
      const { signal } = new AbortController()
      if (!isPulledConfig(config)) throw new TypeError(`${config.kind} is pushed, not looked at`)
      const found = await observe({ config, variables, environmentName: 'sample', allowList, signal })
      seen = JSON.parse(JSON.stringify(found).replaceAll(here, there)) as Observation
      known.set(key, seen)
    }
    return moved(seen, { at, pace, port })
  }
}
