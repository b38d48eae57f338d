import { counted } from '#lib/shared/words.ts'
import type { DeliveryObservation } from './observations/delivery.ts'
import type { HttpObservation } from './observations/http.ts'
import type { MetricsObservation } from './observations/metrics.ts'
import type { TlsObservation } from './observations/tls.ts'
import type { WebsocketObservation } from './observations/websocket.ts'
import { exactSize, readable, type Shown, type ShownFact, sizeText, tlsText } from './shown-fact.ts'

export function ofHttp({ request, response, body, tls, redirects }: HttpObservation): Shown {
  const facts: ShownFact[] = [
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...redirects.map(({ status, to }) => ({ term: 'Redirect', text: `${status} to ${to}` })),
    ...(response ? [{ term: 'Answer', text: `${response.status} over HTTP/${response.httpVersion}` }] : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(body ? [{ term: 'Body', text: sizeText(body) }] : []),
    ...(body?.sha256 ? [{ term: 'Body’s SHA-256', text: body.sha256, is: 'digest' as const }] : []),
  ]
  const headers = response?.headers.map(({ name, value }) => `${name}: ${value}`) ?? []
  return {
    facts,
    blocks: [
      ...(headers.length > 0
        ? [
            {
              summary: `Headers kept (${headers.length} of ${response?.headerNames.length ?? 0})`,
              label: 'Headers',
              code: headers.join('\n'),
            },
          ]
        : []),
      ...(body?.excerpt ? [{ summary: 'Beginning of the body', label: 'Body', code: body.excerpt }] : []),
    ],
  }
}

export function ofTls({ handshake, versions, starttls }: TlsObservation): Shown {
  const facts: ShownFact[] = []
  if (starttls !== null) facts.push({ term: 'Before TLS', text: `STARTTLS of ${starttls}` })
  if (handshake !== null) {
    const { certificate, keyBits, hostname, serverName } = handshake
    facts.push(
      { term: 'Agreed on', text: `${handshake.version}, ${handshake.cipher}` },
      {
        term: 'Chain',
        text: handshake.trusted ? 'trusted' : `not trusted: ${handshake.distrust ?? 'no reason given'}`,
      },
      { term: 'Name asked', text: `${serverName}, ${hostname ? 'matches' : 'does not match'}` },
      { term: 'Names in it', text: certificate.names.join(', ') || 'none' },
      { term: 'Subject', text: certificate.subject },
      { term: 'Issuer', text: certificate.issuer },
      {
        term: 'Valid',
        text: `${readable(certificate.validFrom)} to ${readable(certificate.validTo)}, ${counted({ count: certificate.daysLeft, one: 'day' })} left`,
      },
      ...(keyBits === null
        ? []
        : [
            {
              term: 'Key',
              text: [counted({ count: keyBits, one: 'bit' }), handshake.keyType ?? []].flat().join(', '),
            },
          ]),
      ...(handshake.signature ? [{ term: 'Signed with', text: handshake.signature }] : []),
      {
        term: 'Fingerprint',
        text: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
        is: 'digest' as const,
      },
    )
  }
  for (const { version, result, why } of versions)
    facts.push({ term: `TLS ${version} alone`, text: `${result} (${why})` })
  const { chain = [], unused = [] } = handshake ?? {}
  return {
    facts,
    blocks: [
      ...(chain.length > 0
        ? [{ summary: `Chain (${chain.length})`, label: 'Chain', code: linksText(chain) }]
        : []),
      ...(unused.length > 0
        ? [
            {
              summary: `Sent too, and not needed (${unused.length})`,
              label: 'Not needed',
              code: linksText(unused),
            },
          ]
        : []),
    ],
  }
}

function linksText(links: NonNullable<TlsObservation['handshake']>['chain']): string {
  return links
    .map(
      ({ subject, issuer, validTo, daysLeft }) =>
        `${subject}\n  by ${issuer}\n  until ${readable(validTo)}, ${counted({ count: daysLeft, one: 'day' })} left`,
    )
    .join('\n')
}

export function ofMetrics({ request, response, tls, body, page }: MetricsObservation): Shown {
  const facts: ShownFact[] = [
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...(response ? [{ term: 'Answer', text: `${response.status} over HTTP/${response.httpVersion}` }] : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(body ? [{ term: 'Body', text: sizeText(body) }] : []),
    ...(page
      ? [
          { term: 'Format', text: page.format === 'text' ? 'text 0.0.4' : 'OpenMetrics' },
          {
            term: 'Holds',
            text: `${counted({ count: page.families, one: 'family', many: 'families' })}, ${page.series} series, ${page.duplicates.count} twice`,
          },
          ...page.asked.map(({ family, samples }) => ({
            term: family,
            text: counted({ count: samples, one: 'sample' }),
          })),
        ]
      : []),
    ...(page?.wrong ? [{ term: `Line ${page.wrong.line}`, text: page.wrong.why }] : []),
    ...(body?.sha256 ? [{ term: 'Body’s SHA-256', text: body.sha256, is: 'digest' as const }] : []),
  ]
  return { facts, blocks: [] }
}

export function ofWebsocket({
  request,
  tls,
  upgrade,
  messages,
  finds,
  waitedMs,
  end,
}: WebsocketObservation): Shown {
  const facts: ShownFact[] = [
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(upgrade
      ? [{ term: 'Upgrade', text: upgrade.open ? '101, the accept key is right' : (upgrade.why ?? '') }]
      : []),
    ...(upgrade?.subprotocol ? [{ term: 'Subprotocol', text: upgrade.subprotocol }] : []),
    ...finds.map(({ text, found }) => ({
      term: 'Waited for',
      text: `${text}: ${found === null ? 'not known, a message was too large to read' : found ? 'came' : `did not come in ${waitedMs ?? 0} ms`}`,
    })),
    ...(end
      ? [
          {
            term: 'End',
            text: end.code === null ? 'no closing handshake' : `${end.code} ${end.reason}`.trim(),
          },
        ]
      : []),
  ]
  const code = messages.join('\n')
  return {
    facts,
    blocks:
      messages.length > 0 ? [{ summary: `Messages (${messages.length})`, label: 'Messages', code }] : [],
  }
}

export function ofDelivery({
  request,
  response,
  tls,
  plain,
  codings,
  revalidation,
  caches,
}: DeliveryObservation): Shown {
  const facts: ShownFact[] = [
    ...(request ? [{ term: 'Request', text: `${request.method} ${request.url}` }] : []),
    ...(response ? [{ term: 'Answer', text: `${response.status} over HTTP/${response.httpVersion}` }] : []),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...(plain
      ? [{ term: 'Plain', text: `${exactSize(plain.bytes)}${plain.cut ? `, cut (${plain.cut})` : ''}` }]
      : []),
    ...codings.map(({ coding, encoding, wireBytes, bytes, decodes, vary }) => ({
      term: coding,
      text: decodes
        ? `${encoding ?? 'plain'}, ${wireBytes} of ${counted({ count: bytes, one: 'byte' })}, vary: ${vary ?? 'none'}`
        : 'does not decode',
    })),
    ...(revalidation
      ? [{ term: 'Asked again', text: `with ${revalidation.with}: ${revalidation.status ?? 'not asked'}` }]
      : []),
    ...caches.map((said, index) => ({ term: `Caches, answer ${index + 1}`, text: said || 'say nothing' })),
  ]
  const headers = response?.headers.map(({ name, value }) => `${name}: ${value}`) ?? []
  const summary = `Headers kept (${headers.length} of ${response?.headerNames.length ?? 0})`
  return {
    facts,
    blocks: headers.length > 0 ? [{ summary, label: 'Headers', code: headers.join('\n') }] : [],
  }
}
