import {
  alertsAnswer,
  labelText,
  matchersIn,
  newestAge,
  receiversAnswer,
  reloadedIn,
  silencesAnswer,
  statusAnswer,
} from '#lib/probes/alertmanager-answer.ts'
import { expectsOnlyTime } from '#lib/probes/judged.ts'
import type { AlertmanagerProbe } from '#lib/probes/kinds/alertmanager.ts'
import type { AlertmanagerObservation } from '#lib/probes/observations/alertmanager.ts'
import { placed } from '#lib/probes/place.ts'
import { type Attempt, type BaseKey, type Channel, ProbeStopped } from './channel.ts'
import { type MeasuringApi, measuringApi } from './measuring-api.ts'
import { observedTls } from './phases.ts'

type Details = Omit<AlertmanagerObservation, BaseKey | 'tls'>
type AlertmanagerAttempt = Attempt<AlertmanagerProbe, Details>

/** Version 2 of Alertmanager's API; only what the conditions need is asked for. */
export const alertmanagerChannel: Channel<AlertmanagerProbe, Details, AlertmanagerObservation> = {
  blank: () => ({ requests: [], status: null, receivers: null, alerts: [], watchdog: null, silences: null }),
  async look(attempt) {
    const { config, details } = attempt
    const api = measuringApi(attempt, 'Alertmanager')
    const asks = (...words: string[]) => config.conditions.some(({ on }) => words.includes(on))
    details.status = await statusOf(api, asks('loaded') || expectsOnlyTime(config.conditions))
    if (asks('receiver'))
      details.receivers = (await api.get({ path: '/api/v2/receivers' }, receiversAnswer)).map(
        ({ name }) => name,
      )
    if (asks('silences')) {
      const all = await api.get({ path: '/api/v2/silences' }, silencesAnswer)
      details.silences = all.filter(({ status }) => status.state === 'active').length
    }
    if (asks('active')) await lookAtAlerts(attempt, api)
  },
  seen: ({ details, trace, startedAt }) => ({ ...details, tls: observedTls(trace, startedAt) }),
}

async function statusOf(api: MeasuringApi, wantsReload: boolean): Promise<NonNullable<Details['status']>> {
  const { cluster, versionInfo, config } = await api.get({ path: '/api/v2/status' }, statusAnswer)
  return {
    version: versionInfo.version,
    cluster: cluster.status,
    peers: cluster.peers?.length ?? 0,
    configured: config.original.trim() !== '',
    reloaded: wantsReload ? reloadedIn(await api.text({ path: '/metrics' })) : null,
  }
}

async function lookAtAlerts(attempt: AlertmanagerAttempt, api: MeasuringApi): Promise<void> {
  const { config, details, startedAt, environment } = attempt
  const filters = (written: string) => {
    const text = placed(written, environment)
    if (!text.ok) throw new ProbeStopped('config', text.message)
    return matchersIn(text.text).map((matcher) => ['filter', matcher] as const)
  }
  const asked = (written: string | null, hidden: 'true' | 'false') =>
    api.get(
      {
        path: '/api/v2/alerts',
        query: [
          ...(written === null ? [] : filters(written)),
          ...[['active', 'true'] as const, ['silenced', hidden] as const, ['inhibited', hidden] as const],
        ],
      },
      alertsAnswer,
    )
  for (const check of config.conditions) {
    if (check.on !== 'active') continue
    const found = await asked(check.name, 'false')
    const [first] = found
    details.alerts.push({
      matchers: check.name,
      total: found.length,
      such: first === undefined ? null : labelText(first.labels),
    })
  }
  // A silenced alert proves the way here as well as any other.
  details.watchdog = { age: newestAge(await asked(config.watchdog, 'true'), startedAt) }
}
