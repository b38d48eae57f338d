import { describe, expect, it } from 'vitest'
import { METRIC_SWITCHES, sampleMetrics } from '#lib/cli/sample-metrics.mjs'
import { allow, look, sample } from './servers.ts'

/** The counters after ten seconds as they are and ten under a switch: what each grew by in the second ten. */
function growth(name: string): Record<string, number> {
  const broken = new Set<string>()
  let now = 0
  const metrics = sampleMetrics({ broken, now: () => now })
  const read = () =>
    Object.fromEntries(
      metrics
        .page(0)
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => {
          const [series = '', value = ''] = line.split(' ')
          return [series, Number(value)]
        }),
    )
  now = 10
  if (METRIC_SWITCHES[name]) broken.add(name)
  const before = read()
  now = 20
  const after = read()
  return Object.fromEntries(
    Object.entries(after).map(([series, value]) => [series, value - (before[series] ?? 0)]),
  )
}

const P95 = 'http_request_duration_seconds_bucket{le="0.5"}'

describe('the metrics of the sample target', () => {
  it('pretend 50 requests a second that are well', () => {
    expect(growth('none')).toMatchObject({
      'http_requests_total{code="200"}': 500,
      'http_requests_total{code="500"}': 0,
      [P95]: 500,
      process_resident_memory_bytes: 0,
      process_cpu_seconds_total: 1,
    })
  })
  it.each([
    ['errors', 'http_requests_total{code="500"}', 25],
    ['latency', P95, 0],
    ['leak', 'process_resident_memory_bytes', 50_000_000],
    ['cpu', 'process_cpu_seconds_total', 80],
  ])('%s moves %s and nothing else', (name, series, by) => {
    const well = growth('none')
    const ill = growth(name)
    expect(ill[series]).toBe(by)
    const family = series.replace(/(?:_bucket)?[{].*/, '')
    const others = Object.keys(well).filter((one) => !one.startsWith(family))
    expect(others.filter((one) => ill[one] !== well[one])).toEqual([])
  })
  it('are what Prometheus would read', async () => {
    const target = await sample()
    const { judgement } = await look(
      `metrics ${target.url}/metrics expect parses, unique, family http_requests_total, family http_request_duration_seconds`,
      { allowList: allow(new URL(target.url).host) },
    )
    expect(judgement).toMatchObject({ outcome: 'pass' })
  })
})
