import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { RouteKind } from '#lib/shared/route-pattern.ts'

type Meters = {
  registry: Registry
  requests: Histogram<'kind' | 'status'>
  commands: Counter<'command' | 'result'>
  probes: Histogram<'kind' | 'outcome' | 'verdict'>
  watchers: Gauge
}

// Pages, routes and workers of one process can be separate bundles: one registry for all of them.
const place = globalThis as { countersignMeters?: Meters }

/** Seconds: a tick is a few hundredths, a page a few tenths. */
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
/** Seconds: from a neighbour that answers at once to a probe's longest patience. */
const PROBE_BUCKETS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

function open(): Meters {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    requests: new Histogram({
      name: 'countersign_http_request_duration_seconds',
      help: 'Duration of HTTP requests of this process, by kind of route and class of status; of a live stream until its headers.',
      labelNames: ['kind', 'status'],
      buckets: REQUEST_BUCKETS,
      registers,
    }),
    commands: new Counter({
      name: 'countersign_commands_total',
      help: 'Commands that came through the door, by name and by result: ok, or the code of the refusal.',
      labelNames: ['command', 'result'],
      registers,
    }),
    probes: new Histogram({
      name: 'countersign_probe_attempt_duration_seconds',
      help: 'Duration of ended probe attempts of this process (the worker), by kind of probe, outcome and verdict.',
      labelNames: ['kind', 'outcome', 'verdict'],
      buckets: PROBE_BUCKETS,
      registers,
    }),
    watchers: new Gauge({
      name: 'countersign_live_watchers',
      help: 'Open live streams of this process.',
      registers,
    }),
  }
}

function meters(): Meters {
  place.countersignMeters ??= open()
  return place.countersignMeters
}

/** `status` is null when the other side left before there was one. */
export function measureRequest({
  kind,
  status,
  seconds,
}: {
  kind: RouteKind
  status: number | null
  seconds: number
}): void {
  const group = status === null ? 'none' : `${Math.floor(status / 100)}xx`
  meters().requests.observe({ kind, status: group }, seconds)
}

/** `result`: ok, a refusal's code, or surprise. Both are closed sets of codes, so the number of series stays small. */
export function countCommand({ name, result }: { name: string; result: string }): void {
  meters().commands.inc({ command: name, result })
}

/** An attempt that ended. Kinds, outcomes and verdicts are closed sets. */
export function measureProbe({
  kind,
  outcome,
  verdict,
  seconds,
}: {
  kind: string
  outcome: string
  verdict: string
  seconds: number
}): void {
  meters().probes.observe({ kind, outcome, verdict }, seconds)
}

/** +1 when a live stream opens, -1 when it ends. */
export function countWatcher(change: 1 | -1): void {
  meters().watchers.inc(change)
}

/** Where further figures of this process are registered. */
export function registry(): Registry {
  return meters().registry
}
