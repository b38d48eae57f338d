import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'

type Meters = {
  registry: Registry
  commands: Counter<'command' | 'result'>
  probes: Counter<'kind' | 'outcome'>
  watchers: Gauge
}

// Pages, routes and workers of one process can be separate bundles: one registry for all of them.
const place = globalThis as { countersignMeters?: Meters }

function open(): Meters {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    commands: new Counter({
      name: 'countersign_commands_total',
      help: 'Commands that came through the door, by name and by result: ok, or the code of the refusal.',
      labelNames: ['command', 'result'],
      registers,
    }),
    probes: new Counter({
      name: 'countersign_probe_attempts_total',
      help: 'Ended probe attempts of this process, by kind and outcome.',
      labelNames: ['kind', 'outcome'],
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

/** `result`: ok, a refusal's code, or surprise. Both are closed sets of codes, so the number of series stays small. */
export function countCommand({ name, result }: { name: string; result: string }): void {
  meters().commands.inc({ command: name, result })
}

export function countProbe({ kind, outcome }: { kind: string; outcome: string }): void {
  meters().probes.inc({ kind, outcome })
}

/** +1 when a live stream opens, -1 when it ends. */
export function countWatcher(change: 1 | -1): void {
  meters().watchers.inc(change)
}

/** Everything measured, in Prometheus' text format, with its content type. */
export async function metricsText(): Promise<{ text: string; contentType: string }> {
  const { registry } = meters()
  return { text: await registry.metrics(), contentType: registry.contentType }
}
