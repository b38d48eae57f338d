import type { CorsObservation, Preflight } from './observations/cors.ts'
import { type Shown, tlsText } from './shown-fact.ts'

export function ofCors({ request, own, others, plain = null, tls }: CorsObservation): Shown {
  return {
    facts: [
      ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
      ...[...(own ? [own] : []), ...others].map((one) => ({
        term: 'Preflight',
        text: `for ${one.from}: ${said(one)}`,
      })),
      ...(plain === null ? [] : [{ term: 'Without an origin', text: `status ${plain}` }]),
      ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ],
    blocks: [],
  }
}

function said({ status, origin, methods, headers, credentials, maxAge }: Preflight): string {
  const parts = { origin, methods, headers, credentials, 'max-age': maxAge }
  const found = Object.entries(parts).flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]))
  return [`status ${status}`, ...(found.length === 0 ? ['nothing allowed'] : found)].join(', ')
}
