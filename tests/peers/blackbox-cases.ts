import { exchangeCases, expressionCases, scriptCases, serviceCases } from './blackbox-more-cases.ts'

/** Where the targets are: one plain server, TLS servers by name, and a port that nobody listens on. */
export type Places = {
  plain: number
  tls: Readonly<Record<TlsSite, number>>
  closed: number
  /** A server to talk with in lines, a name server and a gRPC server with a health service. */
  chat: number
  names: number
  health: number
}
export const TLS_SITES = ['good', 'expired', 'other', 'unknown', 'old', 'new'] as const
export type TlsSite = (typeof TLS_SITES)[number]

/** One target, asked the same question twice: as a module of the exporter and as a probe. */
export type BlackboxCase = {
  name: string
  target: string
  prober?: 'http' | 'tcp' | 'dns' | 'grpc'
  /** The prober's part of the module, as JSON, which is YAML. */
  module: Readonly<Record<string, unknown>>
  probe: string
}

const ANY = 'time < 30s'
const STATUSES = [
  ...[200, 201, 202, 203, 204, 205, 206, 299, 300, 301, 302, 303, 304, 305, 307, 308],
  ...[400, 401, 402, 403, 404, 405, 410, 418, 422, 429, 451, 499, 500, 501, 502, 503, 504, 599],
]
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST'] as const

export function blackboxCases(places: Places): BlackboxCase[] {
  const { plain, tls, closed } = places
  const at = (path: string) => `http://localhost:${plain}${path}`
  const http = (
    name: string,
    {
      target,
      says = `expect ${ANY}`,
      method = 'GET',
      ...module
    }: { target: string; says?: string; method?: string } & Record<string, unknown>,
  ): BlackboxCase => ({
    name,
    target,
    module: { method, follow_redirects: false, ...module },
    probe: `http ${method} ${target} ${says}`,
  })

  const statuses = METHODS.flatMap((method) =>
    STATUSES.map((status) => http(`${method} ${status}`, { target: at(`/status/${status}`), method })),
  )
  const lists = STATUSES.map((status) =>
    http(`${status} of 200, 301, 404, 503`, {
      target: at(`/status/${status}`),
      valid_status_codes: [200, 301, 404, 503],
      says: 'expect status in (200, 301, 404, 503)',
    }),
  )
  const methods = METHODS.flatMap((method) =>
    METHODS.map((only) =>
      http(`${method} where only ${only} is answered`, { target: at(`/only/${only}`), method }),
    ),
  )
  const hops = [0, 1, 2, 3, 5, 9, 10, 11, 12].map((count) =>
    http(`${count} redirects`, {
      target: at(`/hops/${count}`),
      follow_redirects: true,
      says: `expect ${ANY}, redirects follow 10`,
    }),
  )
  const redirects = [301, 302, 303, 307, 308].flatMap((code) => [
    ...['ok', 'missing'].map((end) =>
      http(`${code} to ${end}`, {
        target: at(`/redirect/${code}/${end}`),
        follow_redirects: true,
        says: `expect ${ANY}, redirects follow 10`,
      }),
    ),
    http(`POST sent on by ${code}`, {
      target: at(`/redirect/${code}/only/GET`),
      method: 'POST',
      follow_redirects: true,
      says: `expect ${ANY}, redirects follow 10`,
    }),
    http(`${code} not followed`, { target: at(`/redirect/${code}/ok`) }),
  ])
  const odd = [
    http('a redirect without an address', {
      target: at('/bare-redirect'),
      follow_redirects: true,
      says: `expect ${ANY}, redirects follow 10`,
    }),
    http('redirects in a circle', {
      target: at('/circle'),
      follow_redirects: true,
      says: `expect ${ANY}, redirects follow 10`,
    }),
    http('a redirect to a port that nobody listens on', {
      target: at(`/to?http://localhost:${closed}/`),
      follow_redirects: true,
      says: `expect ${ANY}, redirects follow 10`,
    }),
    http('a redirect from https to http', {
      target: `https://localhost:${tls.good}/to?${at('/ok')}`,
      follow_redirects: true,
      says: `expect ${ANY}, redirects follow 10`,
    }),
    http('a redirect from http to https', {
      target: at(`/to?https://localhost:${tls.good}/ok`),
      follow_redirects: true,
      says: `expect ${ANY}, redirects follow 10`,
    }),
  ]
  const texts = [
    'hello',
    'Hello',
    'hello world',
    'größe',
    '世界',
    'last',
    '"json": 1',
    'not there',
    ' ',
    'HELLO',
  ]
  const bodies = ['/text', '/empty', '/status/500'].flatMap((path) =>
    texts.flatMap((text) => [
      http(`${path} has ${text}`, {
        target: at(path),
        fail_if_body_not_matches_regexp: [escaped(text)],
        says: `expect body contains ${JSON.stringify(text)}`,
      }),
      http(`${path} lacks ${text}`, {
        target: at(path),
        fail_if_body_matches_regexp: [escaped(text)],
        says: `expect body lacks ${JSON.stringify(text)}`,
      }),
    ]),
  )
  const manyTexts = [
    ['hello', 'last'],
    ['hello', 'not there'],
    ['no', 'not there'],
  ].map((pair) =>
    http(`has ${pair.join(' and ')}`, {
      target: at('/text'),
      fail_if_body_not_matches_regexp: pair.map(escaped),
      says: `expect ${pair.map((text) => `body contains ${JSON.stringify(text)}`).join(', ')}`,
    }),
  )
  const header = (name: string, regexp: string, allow_missing: boolean) => [
    { header: name, regexp, allow_missing },
  ]
  const headers = [
    ['x-frame-options', 'DENY'],
    ['X-Frame-Options', 'SAMEORIGIN'],
    ['x-absent', 'DENY'],
    ['x-twice', 'two'],
    ['x-twice', 'one'],
    ['content-type', 'text/plain'],
    ['x-empty', 'a'],
  ].flatMap(([name = '', value = '']) => [
    http(`header ${name} has ${value}`, {
      target: at('/text'),
      fail_if_header_not_matches: header(name, escaped(value), false),
      says: `expect header ${name} contains "${value}"`,
    }),
    http(`header ${name} is absent or lacks ${value}`, {
      target: at('/text'),
      fail_if_header_matches: header(name, escaped(value), true),
      says: `expect header ${name} lacks "${value}"`,
    }),
  ])
  const codings = ['gzip', 'br', 'deflate', 'identity'].flatMap((asked) =>
    ['gzip', 'br', 'deflate', 'identity', 'broken'].map((sent) =>
      http(`${asked} where ${sent} is sent`, {
        target: at(`/coded/${sent}/${asked}`),
        compression: asked,
        headers: { 'Accept-Encoding': asked },
        says:
          asked === 'identity'
            ? `send accept-encoding: identity, expect body contains hello, header content-encoding absent`
            : `send accept-encoding: ${asked}, expect body contains hello, header content-encoding == ${asked}`,
        fail_if_body_not_matches_regexp: ['hello'],
      }),
    ),
  )
  const limits = [100, 1_000, 10_000].flatMap((size) =>
    [99, 100, 1_000].map((limit) =>
      http(`${size} B with a limit of ${limit} B`, {
        target: at(`/size/${size}`),
        body_size_limit: `${limit}B`,
        fail_if_body_not_matches_regexp: ['end$'],
        says: `limit ${limit}B, expect body contains end`,
      }),
    ),
  )
  const sent = [
    ['authorization', 'Bearer right', '/needs/authorization/Bearer%20right'],
    ['authorization', 'Bearer wrong', '/needs/authorization/Bearer%20right'],
    ['x-key', 'k1', '/needs/x-key/k1'],
    ['x-key', 'k2', '/needs/x-key/k1'],
    ['user-agent', 'me', '/needs/user-agent/me'],
    ['accept', 'text/html', '/needs/accept/text%2Fhtml'],
  ].map(([name = '', value = '', path = '']) =>
    http(`sends ${name}: ${value}`, {
      target: at(path),
      headers: { [name]: value },
      says: `send ${name}: "${value}", expect ${ANY}`,
    }),
  )
  const trouble = ['/hang-up', '/garbage', '/half', '/silent', '/short', '/large-head'].map((path) =>
    http(`the server ${path}`, { target: at(path), says: `expect ${ANY}, timeout 1s` }),
  )
  const away = [
    http('nobody listens', { target: `http://localhost:${closed}/` }),
    http('a name that does not exist', { target: 'http://no-such-host.invalid/' }),
  ]
  const secure = TLS_SITES.flatMap((site) => [
    http(`https, ${site}`, { target: `https://localhost:${tls[site]}/ok` }),
    http(`https, ${site}, 404 is right`, {
      target: `https://localhost:${tls[site]}/status/404`,
      valid_status_codes: [404],
      says: 'expect status == 404',
    }),
    tcp(`handshake, ${site}`, { port: tls[site], says: 'expect trusted, hostname' }),
    tcp(`handshake, ${site}, TLS 1.3 at least`, {
      port: tls[site],
      says: 'expect trusted, hostname, version >= 1.3',
      min_version: 'TLS13',
    }),
  ])
  const mixed = [
    tcp('a handshake with a plain server', { port: plain, says: 'expect trusted, hostname' }),
    tcp('a handshake where nobody listens', { port: closed, says: 'expect trusted, hostname' }),
    http('https to a plain server', { target: `https://localhost:${plain}/ok` }),
    http('http to a TLS server', { target: `http://localhost:${tls.good}/ok` }),
  ]
  return [
    ...[...statuses, ...lists, ...methods, ...hops, ...redirects, ...odd, ...bodies, ...manyTexts],
    ...[...headers, ...codings, ...limits, ...sent, ...trouble, ...away, ...secure, ...mixed],
    ...[...expressionCases(places), ...exchangeCases(places)],
    ...[...scriptCases(places), ...serviceCases(places)],
  ]
}

function tcp(
  name: string,
  { port, says, min_version }: { port: number; says: string; min_version?: string },
): BlackboxCase {
  return {
    name,
    prober: 'tcp',
    target: `localhost:${port}`,
    module: { tls: true, tls_config: min_version === undefined ? {} : { min_version } },
    probe: `tls localhost:${port} ${says}`,
  }
}

function escaped(text: string): string {
  return text
    .replace(/[.*+?^${}()|[\]\\"/]/g, '\\$&')
    .replaceAll('\\"', '"')
    .replaceAll('\\/', '/')
}

/** Where the two judge otherwise, by name, and why; docs/probes.md says the same. */
export const DIFFERENCES: Readonly<Record<string, string>> = {
  'a redirect from https to http': 'what was safe on its way is no longer: never followed',
  'deflate where deflate is sent': 'RFC 9110 means zlib (8.4.1.2), the exporter reads bare deflate',
  'header x-absent is absent or lacks DENY':
    'an absent header holds nothing to look at: inconclusive, never a pass',
  'identity where br is sent': 'the exporter searches the compressed bytes as they are; we expect no coding',
  'the server /large-head': 'no more than 16 KiB of head are read',
}
