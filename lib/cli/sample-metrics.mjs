/** What the sample target's metrics can pretend, with what it does. */
export const METRIC_SWITCHES = {
  errors: 'one of twenty requests is answered 500, by its metrics',
  latency: 'requests take 0.8 s, by its metrics',
  leak: 'memory grows by 5 MB a second, by its metrics',
  cpu: 'it computes on eight cores, by its metrics',
  queries: 'calls of the database take half a second, by its metrics',
  pool: 'its pool of connections says no maximum',
}

const PER_SECOND = 50
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5]
const USUAL = { duration: 0.04, cpu: 0.1, memory: 120_000_000 }

/**
 * Counters of a service with 50 requests a second, so that rates mean something without a load. Each counts on from where it was
 * when a switch was flipped.
 * @param {{ broken: ReadonlySet<string>, now?: () => number }} options `now` in seconds.
 */
export function sampleMetrics({ broken, now = () => Date.now() / 1000 }) {
  const startedAt = now()
  const sums = { ok: 0, failed: 0, fast: 0, slow: 0, quick: 0, lame: 0, cpu: 0, leaked: 0 }
  let at = startedAt
  let was = new Set()

  /** Counts the time since the last reading under the switches that stood then. */
  function advance() {
    const seconds = now() - at
    at += seconds
    const requests = seconds * PER_SECOND
    const failed = was.has('errors') ? requests / 20 : 0
    sums.ok += requests - failed
    sums.failed += failed
    sums[was.has('latency') ? 'slow' : 'fast'] += requests
    sums[was.has('queries') ? 'lame' : 'quick'] += requests
    sums.cpu += seconds * (was.has('cpu') ? 8 : USUAL.cpu)
    sums.leaked += was.has('leak') ? seconds * 5_000_000 : 0
    was = new Set(broken)
  }

  return {
    /** To be called when a switch was flipped. */
    advance,
    /** The page as Prometheus reads it (text format 0.0.4). `real`: requests that were really received. */
    page(real) {
      advance()
      const { ok, failed, fast, slow, quick, lame, cpu, leaked } = sums
      const buckets = BUCKETS.map((le) => [le, fast + (le >= 0.8 ? slow : 0)])
      const lines = [
        '# HELP http_requests_total Requests answered, most of them pretended.',
        '# TYPE http_requests_total counter',
        `http_requests_total{code="200"} ${Math.floor(ok) + real}`,
        `http_requests_total{code="500"} ${Math.floor(failed)}`,
        '# HELP http_request_duration_seconds Time to answer.',
        '# TYPE http_request_duration_seconds histogram',
        ...buckets.map(
          ([le, count]) => `http_request_duration_seconds_bucket{le="${le}"} ${Math.floor(count)}`,
        ),
        `http_request_duration_seconds_bucket{le="+Inf"} ${Math.floor(fast + slow)}`,
        `http_request_duration_seconds_sum ${(fast * USUAL.duration + slow * 0.8).toFixed(3)}`,
        `http_request_duration_seconds_count ${Math.floor(fast + slow)}`,
        '# HELP db_client_operation_duration_seconds Time of calls of the database.',
        '# TYPE db_client_operation_duration_seconds histogram',
        `db_client_operation_duration_seconds_bucket{le="0.01"} ${Math.floor(quick)}`,
        `db_client_operation_duration_seconds_bucket{le="1"} ${Math.floor(quick + lame)}`,
        `db_client_operation_duration_seconds_bucket{le="+Inf"} ${Math.floor(quick + lame)}`,
        `db_client_operation_duration_seconds_sum ${(quick * 0.005 + lame * 0.5).toFixed(3)}`,
        `db_client_operation_duration_seconds_count ${Math.floor(quick + lame)}`,
        ...(broken.has('pool')
          ? []
          : [
              '# HELP db_client_connection_max Connections that the pool may open.',
              '# TYPE db_client_connection_max gauge',
              'db_client_connection_max 20',
            ]),
        '# HELP process_resident_memory_bytes Memory in use.',
        '# TYPE process_resident_memory_bytes gauge',
        `process_resident_memory_bytes ${Math.round(USUAL.memory + leaked)}`,
        '# HELP process_cpu_seconds_total Processor time spent.',
        '# TYPE process_cpu_seconds_total counter',
        `process_cpu_seconds_total ${cpu.toFixed(3)}`,
        '# HELP process_uptime_seconds Seconds since the start.',
        '# TYPE process_uptime_seconds gauge',
        `process_uptime_seconds ${Math.round(at - startedAt)}`,
      ]
      return `${lines.join('\n')}\n`
    },
  }
}
