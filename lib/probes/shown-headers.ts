import type { HeadersObservation } from './observations/headers.ts'
import { graded } from './observatory/grade.ts'
import { pageFactsOf } from './observatory/observed-page.ts'
import { type Shown, type ShownFact, tlsText } from './shown-fact.ts'

export function ofHeaders(seen: HeadersObservation): Shown {
  const { request, response, tls, page, plain } = seen
  const facts = pageFactsOf(seen)
  const result = facts === null ? null : graded(facts)
  const shown: ShownFact[] = [
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...(response ? [{ term: 'Answer', text: `${response.status} over HTTP/${response.httpVersion}` }] : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(plain ? [{ term: 'Without TLS', text: plain.why ?? plain.route.join(' to ') }] : []),
    ...(result?.score == null
      ? []
      : [{ term: 'Score', text: `${result.score}, grade ${result.grade ?? ''}` }]),
    ...(result?.tests.map(({ test, result: found, modifier }) => ({
      term: test,
      text: `${found}, ${modifier > 0 ? '+' : ''}${modifier}`,
    })) ?? []),
  ]
  const code = page?.headers.map(({ name, value }) => `${name}: ${value}`).join('\n') ?? ''
  return { facts: shown, blocks: code === '' ? [] : [{ summary: 'Headers graded', label: 'Headers', code }] }
}
