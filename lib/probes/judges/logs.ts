import { counted } from '#lib/shared/words.ts'
import { canonicalDecimal, compareDecimals } from '../decimals.ts'
import {
  expectsOnlyTime,
  type Found,
  implied,
  type JudgedCondition,
  judgeCheck,
  type ProbeJudge,
  totalTime,
} from '../judged.ts'
import type { LogsCheck, LogsProbe } from '../kinds/logs.ts'
import type { LogsObservation } from '../observations/logs.ts'
import { inUnit } from '../quantities.ts'

/**
 * Logs that stopped look like logs without errors. So a count is good only where lines arrive in the same time, and its lack is
 * nothing without them; a count that is too high is known all the same.
 */
export const logsJudge: ProbeJudge<LogsProbe, LogsObservation> = {
  asksTarget: false,
  conditions(config, observation) {
    const flows = isFlowing(config, observation)
    const needsFlow = config.conditions.some(({ on }) => on === 'count') || expectsOnlyTime(config.conditions)
    const gate = implied({
      text: 'lines flow',
      observed: flowText(observation),
      wanted: `≥ ${counted({ count: config.flow?.least ?? 1, one: 'line' })} to decide`,
      value: flows ? true : null,
    })
    const judged = config.conditions.map((check): JudgedCondition => {
      const one = judgeCheck(check, foundOf(check, { config, observation, flows }))
      return check.on === 'count' && one.result === 'true' && !flows ? { ...one, result: 'unknown' } : one
    })
    return needsFlow ? [gate, ...judged] : judged
  },
}

function isFlowing({ flow }: LogsProbe, { flow: seen }: LogsObservation): boolean {
  // A stored observation may hold any text where a number should be.
  const value = canonicalDecimal(seen?.value ?? '')
  return value !== null && compareDecimals(value, String(flow?.least ?? 1)) >= 0
}

function flowText({ flow }: LogsObservation): string {
  if (flow === null) return 'nothing shows that lines arrive'
  return flow.value === null ? 'no lines arrive' : `${counted({ count: flow.value, one: 'line' })} arrived`
}

function foundOf(
  check: LogsCheck,
  { config, observation, flows }: { config: LogsProbe; observation: LogsObservation; flows: boolean },
): Found {
  const { count, newest, phases } = observation
  switch (check.on) {
    case 'time':
      return totalTime(phases)
    case 'flowing':
      return { observed: flowText(observation), value: flows ? true : null }
    case 'newest': {
      const age = newest?.ageMs ?? null
      if (age === null) return { observed: 'no line in the time looked at', quantity: null }
      const quantity = { value: String(age), unit: 'ms' } as const
      return { observed: `newest line ${inUnit(quantity, 's')} old`, quantity }
    }
    case 'count': {
      if (count === null) return { observed: 'not counted', quantity: null }
      // Loki leaves out what it counts none of; elsewhere a lack of a number is no number.
      const value = count.value ?? (config.store === 'loki' && flows ? '0' : null)
      if (value === null) return { observed: 'no number of lines', quantity: null }
      if (value.startsWith('-')) return { observed: `a number below zero: ${value}`, quantity: null }
      return {
        observed: counted({ count: value, one: 'line matches', many: 'lines match' }),
        quantity: { value, unit: null },
      }
    }
  }
}
