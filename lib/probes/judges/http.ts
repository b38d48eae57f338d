import type { HttpProbe } from '../http-probe.ts'
import { judgeCondition } from '../judge-condition.ts'
import type { ProbeJudge } from '../judged.ts'
import type { HttpObservation } from '../observations/http.ts'

const IMPLIED_STATUS = { level: 'expect', on: 'status_ok' } as const

/**
 * A probe that says nothing about the status also expects 200 to 299, because a header or a text on an error page proves
 * nothing.
 */
export const httpJudge: ProbeJudge<HttpProbe, HttpObservation> = {
  asksTarget: true,
  conditions(config, observation) {
    const saysStatus = config.conditions.some(
      ({ on, level }) => level === 'expect' && (on === 'status' || on === 'status_in'),
    )
    const asked = saysStatus ? config.conditions : [IMPLIED_STATUS, ...config.conditions]
    return asked.map((condition) => judgeCondition(condition, observation))
  },
}
