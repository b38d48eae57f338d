import { counted } from '#lib/shared/words.ts'
import { type Found, implied, judgeCheck, type ProbeJudge, totalTime } from '../judged.ts'
import type { MetricsCheck, MetricsProbe } from '../kinds/metrics.ts'
import type { MetricsObservation } from '../observations/metrics.ts'

/** The page must also be a success and, whatever else is asked, be valid: Prometheus drops a page with one bad line as a whole. */
export const metricsJudge: ProbeJudge<MetricsProbe, MetricsObservation> = {
  asksTarget: true,
  conditions({ conditions }, observation) {
    const { response, body } = observation
    const status = response?.status ?? null
    const isSuccess = status !== null && status >= 200 && status <= 299
    const saysParses = conditions.some(({ on, level }) => on === 'parses' && level === 'expect')
    const valid = parses(observation)
    const unsaid = saysParses ? [] : [implied({ text: 'parses', wanted: 'parses', ...valid })]
    return [
      implied({
        text: 'status 200 to 299',
        observed: status === null ? 'no response' : `status ${status}`,
        wanted: '200 to 299',
        value: status === null ? null : isSuccess,
      }),
      ...(body === null && !isSuccess ? [] : unsaid),
      ...conditions.map((check) => judgeCheck(check, isSuccess ? foundOf(check, observation) : NOTHING)),
    ]
  },
}

const AHEAD_MS = 60_000
const NOTHING: Found = { observed: 'no page of metrics', value: null }

function parses({ page, body }: MetricsObservation): { observed: string; value: boolean | null } {
  if (page === null)
    return { observed: body?.cut ? `page cut after ${body.bytes} B` : 'no page of metrics', value: null }
  if (page.wrong !== null) return { observed: `line ${page.wrong.line}: ${page.wrong.why}`, value: false }
  return {
    observed: counted({ count: page.series, one: 'series parses', many: 'series parse' }),
    value: true,
  }
}

function foundOf(check: MetricsCheck, observation: MetricsObservation): Found {
  if (check.on === 'parses') return parses(observation)
  if (check.on === 'time') return totalTime(observation.phases)
  const { page } = observation
  if (page === null) return NOTHING
  // Of a page that is not valid nobody knows what it holds.
  const isWhole = page.wrong === null
  switch (check.on) {
    case 'family': {
      const samples = page.asked.find(({ family }) => family === check.text)?.samples ?? 0
      const observed = `${check.text}: ${counted({ count: samples, one: 'sample' })}`
      return { observed, value: isWhole ? samples > 0 : null }
    }
    case 'unique': {
      const { count, first } = page.duplicates
      if (count > 0) return { observed: `${count} twice, first ${first ?? ''}`, value: false }
      return { observed: 'no series twice', value: isWhole ? true : null }
    }
    case 'families':
    case 'series': {
      const value = check.on === 'series' ? page.series : page.families
      return {
        observed: `${value} ${check.on}`,
        quantity: isWhole ? { value: String(value), unit: null } : null,
      }
    }
    case 'age': {
      if (page.oldestAgeMs === null) return { observed: 'no sample carries a time', quantity: null }
      const quantity = { value: String(page.oldestAgeMs), unit: 'ms' } as const
      // Further ahead than clocks differ: a time in another unit, or of a clock that says nothing about age.
      if (page.oldestAgeMs < -AHEAD_MS)
        return { observed: `oldest sample ${-page.oldestAgeMs} ms ahead`, quantity: null }
      return { observed: `oldest sample ${page.oldestAgeMs} ms old`, quantity: isWhole ? quantity : null }
    }
  }
}
