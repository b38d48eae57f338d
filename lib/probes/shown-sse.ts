import type { SseObservation } from './observations/sse.ts'
import { type Shown, type ShownFact, tlsText } from './shown-fact.ts'

export function ofSse({ request, response, tls, stream }: SseObservation): Shown {
  const facts: ShownFact[] = [
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...(response ? [{ term: 'Answer', text: `${response.status} over HTTP/${response.httpVersion}` }] : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(stream
      ? [
          {
            term: 'First event',
            text: stream.first === null ? `none in ${stream.listened} ms` : `after ${stream.first} ms`,
          },
          { term: 'Events', text: `${stream.count} in ${stream.listened} ms` },
        ]
      : []),
  ]
  const code = stream?.events.map(({ name, data }) => `${name}: ${data}`).join('\n') ?? ''
  return { facts, blocks: code === '' ? [] : [{ summary: 'First events', label: 'Events', code }] }
}
