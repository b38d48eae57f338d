import { alertsOf, type RulesProbe } from '#lib/probes/kinds/rules.ts'
import type { RulesObservation } from '#lib/probes/observations/rules.ts'
import { rulesAnswer, rulesFacts } from '#lib/probes/rules-answer.ts'
import type { Channel } from './channel.ts'
import { measuringApi } from './measuring-api.ts'
import { observedTls } from './phases.ts'

type Details = Pick<RulesObservation, 'requests' | 'loaded' | 'asked'>

/** All rules at once, as Prometheus has loaded and last evaluated them. */
export const rulesChannel: Channel<RulesProbe, Details, RulesObservation> = {
  blank: () => ({ requests: [], loaded: null }),
  async look(attempt) {
    const { config, details, startedAt } = attempt
    const { data } = await measuringApi(attempt, 'Prometheus').get({ path: '/api/v1/rules' }, rulesAnswer)
    details.loaded = rulesFacts(data.groups, { at: startedAt, named: alertsOf(config) })
  },
  seen: ({ details, trace, startedAt }) => ({ ...details, tls: observedTls(trace, startedAt) }),
}
