import type { LogsObservation } from './observations/logs.ts'
import { requestFacts } from './shown-alerting.ts'
import { type Shown, type ShownFact, tlsText } from './shown-fact.ts'

export function ofLogs({ requests, tls, query, flowQuery, count, flow, newest }: LogsObservation): Shown {
  const facts: ShownFact[] = [
    ...(query === null ? [] : [{ term: 'Looked for', text: query }]),
    ...(flowQuery === null ? [] : [{ term: 'Flow', text: flowQuery }]),
    ...requestFacts(requests),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(count ? [{ term: 'Lines that match', text: count.value ?? 'none told' }] : []),
    ...(flow ? [{ term: 'Lines that arrived', text: flow.value ?? 'none told' }] : []),
    ...(newest
      ? [{ term: 'Newest line', text: newest.ageMs === null ? 'none' : `${newest.ageMs} ms old` }]
      : []),
  ]
  return { facts, blocks: [] }
}
