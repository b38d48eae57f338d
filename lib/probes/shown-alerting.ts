import { counted } from '#lib/shared/words.ts'
import type { AlertmanagerObservation } from './observations/alertmanager.ts'
import type { RulesObservation } from './observations/rules.ts'
import { type Shown, type ShownFact, tlsText } from './shown-fact.ts'

export function requestFacts(requests: readonly { url: string; status: number }[]): ShownFact[] {
  return requests.map(({ url, status }) => ({ term: 'Request', text: `GET ${url}: ${status}` }))
}

export function ofRules({ requests, tls, loaded }: RulesObservation): Shown {
  const facts: ShownFact[] = [
    ...requestFacts(requests),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(loaded
      ? [
          {
            term: 'Loaded',
            text: `${counted({ count: loaded.groups.length, one: 'group' })}, ${counted({ count: loaded.rules, one: 'rule' })}, ${loaded.alerts} of them alerts`,
          },
          {
            term: 'Evaluated',
            text: `${loaded.failing} fail, ${loaded.unclear} not yet, ${loaded.late} not lately`,
          },
          { term: 'Firing', text: String(loaded.firing) },
        ]
      : []),
  ]
  const lines =
    loaded?.kept.map(({ group, name, query, health, lastError, state, age }) =>
      [
        `${group}/${name}: ${query}`,
        health,
        ...(state === null ? [] : [state]),
        `${age ?? '?'} s ago`,
        ...(lastError === null ? [] : [lastError]),
      ].join(', '),
    ) ?? []
  const summary = `Rules (${lines.length} of ${loaded?.rules ?? 0})`
  return { facts, blocks: lines.length > 0 ? [{ summary, label: 'Rules', code: lines.join('\n') }] : [] }
}

export function ofAlertmanager({
  requests,
  tls,
  status,
  receivers,
  alerts,
  watchdog,
  silences,
}: AlertmanagerObservation): Shown {
  const facts: ShownFact[] = [
    ...requestFacts(requests),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(status
      ? [
          { term: 'Server', text: `Alertmanager ${status.version}` },
          { term: 'Cluster', text: `${status.cluster}, ${counted({ count: status.peers, one: 'peer' })}` },
          {
            term: 'Last reload',
            text: status.reloaded === null ? 'not known' : status.reloaded ? 'went well' : 'failed',
          },
        ]
      : []),
    ...(receivers ? [{ term: 'Receivers', text: receivers.join(', ') || 'none' }] : []),
    ...alerts.map(({ matchers, total, such }) => ({
      term: matchers,
      text: `${total} active${such === null ? '' : `, such as ${such}`}`,
    })),
    ...(watchdog
      ? [{ term: 'Watchdog', text: watchdog.age === null ? 'not heard' : `heard ${watchdog.age} s ago` }]
      : []),
    ...(silences === null ? [] : [{ term: 'Silences', text: `${silences} active` }]),
  ]
  return { facts, blocks: [] }
}
