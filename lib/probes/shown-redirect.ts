import type { CookiesObservation } from './observations/cookies.ts'
import type { RedirectObservation } from './observations/redirect.ts'
import { type Shown, type ShownFact, tlsText } from './shown-fact.ts'

export function ofRedirect({ request, response, leads, there, tls }: RedirectObservation): Shown {
  const facts: ShownFact[] = [
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...(response
      ? [{ term: 'Answer', text: `${response.status}, ${leads ? `leads to ${leads.to}` : 'leads nowhere'}` }]
      : []),
    ...(there
      ? [
          {
            term: 'There',
            text: `${there.status}, strict-transport-security: ${there.hsts.join(', ') || 'not said'}`,
          },
        ]
      : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
  ]
  return { facts, blocks: [] }
}

export function ofCookies({ request, response, tls, cookies }: CookiesObservation): Shown {
  const facts: ShownFact[] = [
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...(response ? [{ term: 'Answer', text: `${response.status} over HTTP/${response.httpVersion}` }] : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(cookies ?? []).map(({ name, from, secure, httpOnly, sameSite, domain, path, session, fault }) => ({
      term: name || 'Without a name',
      text: [
        `from ${from}`,
        ...(domain === null ? [] : [`Domain=${domain}`]),
        ...(path === null ? [] : [`Path=${path}`]),
        ...(secure ? ['Secure'] : []),
        ...(httpOnly ? ['HttpOnly'] : []),
        ...(sameSite === null ? [] : [`SameSite=${sameSite}`]),
        ...(session ? ['until the browser closes'] : []),
        ...(fault === null ? [] : [`refused by browsers: ${fault}`]),
      ].join(', '),
    })),
  ]
  return { facts, blocks: [] }
}
