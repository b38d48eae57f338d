import type { BlackboxCase, Places } from './blackbox-cases.ts'

const ANY = 'time < 30s'
const quoted = (text: string) => `"${text.replace(/["\\>]/g, '\\$&')}"`

const EXPRESSIONS = [
  ...[
    '^hello',
    'world$',
    'line$',
    '^gr',
    '(?m)^gr',
    '(?m)world$',
    '(?i)HELLO',
    'h.llo',
    '[0-9]+',
    '\\d',
    '\\bworld\\b',
    '\\bworl\\b',
  ],
  ...[
    'hello|nothing',
    '(?s)hello.*last',
    'hello.*last',
    '^$',
    'x*',
    '\\pL{5}',
    '世',
    '[^\\x00-\\x7f]{2}',
    '\\{"json": \\d\\}',
    '(l){2}',
  ],
  ...[
    '\\Ahello',
    'line\\z',
    '(?P<a>wor)ld',
    '[[:upper:]]',
    '(?i)[[:upper:]]',
    '\\s\\S+\\s',
    '[^a-z]',
    'a{3}',
  ],
]

/** Expressions of RE2, where the exporter and we speak of the same: the body as one text, each line of a header alone. */
export function expressionCases({ plain }: Places): BlackboxCase[] {
  const at = (path: string) => `http://localhost:${plain}${path}`
  const http = (name: string, path: string, module: object, says: string): BlackboxCase => ({
    ...{ name, target: at(path), module: { follow_redirects: false, ...module } },
    probe: `http ${at(path)} expect ${says}`,
  })
  const bodies = ['/text', '/empty'].flatMap((path) =>
    EXPRESSIONS.flatMap((text) => [
      http(
        `${path} matches ${text}`,
        path,
        { fail_if_body_not_matches_regexp: [text] },
        `body matches ${quoted(text)}`,
      ),
      http(
        `${path} does not match ${text}`,
        path,
        { fail_if_body_matches_regexp: [text] },
        `body not-matches ${quoted(text)}`,
      ),
    ]),
  )
  const headers = [
    ...[
      ['x-frame-options', '^DENY$'],
      ['x-frame-options', '^deny$'],
      ['x-frame-options', '(?i)^deny$'],
      ['x-frame-options', 'E.Y'],
    ],
    ...[
      ['x-twice', '^two$'],
      ['x-twice', '^one$'],
      ['x-twice', 'one, two'],
      ['x-twice', '^t?[wone]+$'],
      ['x-twice', 'three'],
    ],
    ...[
      ['x-empty', '^$'],
      ['x-empty', '.'],
      ['content-type', 'text/(html|plain); charset=utf-8'],
      ['content-type', '^text/html'],
    ],
    ...[
      ['x-absent', '.'],
      ['x-absent', '^$'],
    ],
  ].flatMap(([header = '', regexp = '']) => [
    http(
      `header ${header} matches ${regexp}`,
      '/text',
      { fail_if_header_not_matches: [{ header, regexp, allow_missing: false }] },
      `header ${header} matches ${quoted(regexp)}`,
    ),
    http(
      `header ${header} does not match ${regexp}`,
      '/text',
      { fail_if_header_matches: [{ header, regexp, allow_missing: false }] },
      `header ${header} not-matches ${quoted(regexp)}`,
    ),
  ])
  return [...bodies, ...headers]
}

/** Versions of HTTP, TLS or none, and the family of addresses. */
export function exchangeCases({ plain, tls, closed }: Places): BlackboxCase[] {
  const http = (name: string, target: string, module: object, says: string): BlackboxCase => ({
    ...{ name, target, module: { follow_redirects: true, ...module } },
    probe: `http ${target} expect ${says}, redirects follow 10`,
  })
  const plainly = `http://localhost:${plain}`
  const safely = `https://localhost:${tls.good}`
  const answers = [
    ...[`${plainly}/ok`, `${plainly}/old`, `${plainly}/hops/2`, `${safely}/ok`],
    ...[`${plainly}/to?${safely}/ok`, `http://localhost:${closed}/`, `https://localhost:${tls.expired}/ok`],
  ]
  return answers.flatMap((target, index) => [
    http(
      `answer ${index} over HTTP/1.1`,
      target,
      { valid_http_versions: ['HTTP/1.1'] },
      'http-version == 1.1',
    ),
    http(
      `answer ${index} over HTTP/1.0`,
      target,
      { valid_http_versions: ['HTTP/1.0'] },
      'http-version == 1.0',
    ),
    http(
      `answer ${index} over either`,
      target,
      { valid_http_versions: ['HTTP/1.0', 'HTTP/1.1'] },
      'http-version >= 1.0',
    ),
    http(`answer ${index} over TLS`, target, { fail_if_not_ssl: true }, 'tls'),
    http(`answer ${index} without TLS`, target, { fail_if_ssl: true }, 'no-tls'),
    ...(['ipv4', 'ipv6'] as const).map((family) =>
      http(
        `answer ${index} over ${family}`,
        target,
        { preferred_ip_protocol: family === 'ipv4' ? 'ip4' : 'ip6', ip_protocol_fallback: false },
        `${ANY}, family ${family}`,
      ),
    ),
  ])
}

type Turn = { read: string } | { say: string }

/** In the exporter only what is sent in answer to an expression can say what that has captured. */
function exchanges(turns: readonly Turn[]): { expect?: string; send?: string }[] {
  const entries: { expect?: string; send?: string }[] = []
  for (const turn of turns) {
    const last = entries.at(-1)
    if ('read' in turn) entries.push({ expect: turn.read })
    else {
      const send = `${turn.say.replace(/\$(\d)/g, '$${$1}')}\r`
      if (last === undefined || last.send !== undefined) entries.push({ send })
      else last.send = send
    }
  }
  return entries
}

/** Scripts of a TCP connection; the exporter adds the line feed itself. */
export function scriptCases({ chat, closed }: Places): BlackboxCase[] {
  const script = (name: string, turns: Turn[], port = chat): BlackboxCase => ({
    ...{ name: `tcp: ${name}`, prober: 'tcp', target: `localhost:${port}` },
    module: { query_response: exchanges(turns) },
    probe: [
      `tcp localhost:${port} expect ${turns.length === 0 ? 'open' : 'open, script'}, timeout 1s`,
      ...turns.map((turn) =>
        'read' in turn ? `read ${quoted(turn.read)}` : `say "${turn.say.replace(/["\\>]/g, '\\$&')}\\r\\n"`,
      ),
    ].join(', '),
  })
  const hello = { read: '^220 ' }
  return [
    script('a connection', []),
    script('nobody listens', [], closed),
    script('the banner', [hello]),
    script('another banner', [{ read: '^554 ' }]),
    script('a banner to its end', [{ read: '^220 mail\\.example ESMTP$' }]),
    script('a banner in other case', [{ read: '^220 MAIL' }]),
    script('a banner in any case', [{ read: '(?i)^220 MAIL' }]),
    script('a question', [hello, { say: 'PING' }, { read: '^\\+PONG$' }]),
    script('a question without the banner', [{ say: 'PING' }, { read: '^\\+PONG' }]),
    script('another answer', [hello, { say: 'PING' }, { read: '^-ERR' }]),
    script('the last of several lines', [hello, { say: 'EHLO a' }, { read: '^250 SIZE (\\d+)' }]),
    script('lines out of turn', [hello, { say: 'EHLO a' }, { read: '^250 SIZE' }, { read: '^250-' }]),
    script('what was captured is said', [
      ...[{ read: '^220 ([a-z.]+) ' }, { say: 'EHLO $1' }, { read: '^250-.* greets mail\\.example$' }],
    ]),
    script('something else was captured', [
      ...[{ read: '^220 ([a-z]+)' }, { say: 'EHLO $1' }, { read: 'greets mail\\.example$' }],
    ]),
    script('what is not understood', [hello, { say: 'WHAT' }, { read: '^500 ' }]),
    script('the end', [hello, { say: 'QUIT' }, { read: '^221 ' }]),
    script('more after the end', [hello, { say: 'QUIT' }, { read: '^221 ' }, { read: '.' }]),
  ]
}

/** Answers of a name server over TCP, and the health of a gRPC server. */
export function serviceCases({ names, health, closed }: Places): BlackboxCase[] {
  const dns = (name: string, module: object, says: string): BlackboxCase => ({
    ...{ name: `dns: ${name}`, prober: 'dns', target: `127.0.0.1:${names}` },
    module: { query_name: `${says.split(' ')[0]}`, query_type: 'A', transport_protocol: 'tcp', ...module },
    probe: `dns ${says}, server 127.0.0.1:${names}`,
  })
  const rcodes = ['NOERROR', 'NXDOMAIN', 'SERVFAIL', 'REFUSED'].flatMap((code) =>
    ['app.example', 'none.example', 'servfail.example', 'refused.example', 'empty.example'].map((name) =>
      dns(`${name} is ${code}`, { valid_rcodes: [code] }, `${name} A expect rcode ${code}`),
    ),
  )
  const grpc = (service: string, port = health): BlackboxCase => ({
    ...{
      name: `grpc: ${service || 'the server'} at ${port === health ? 'health' : 'closed'}`,
      prober: 'grpc',
    },
    ...{ target: `127.0.0.1:${port}`, module: service === '' ? {} : { service } },
    probe: `grpc grpc://127.0.0.1:${port} expect serving${service === '' ? '' : `, service "${service}"`}`,
  })
  const answers = ['192.0.2.1', '192.0.2.2', '192.0.2.9'].map((address) =>
    dns(
      `an answer is ${address}`,
      { validate_answer_rrs: { fail_if_none_matches_regexp: [`\\t${address.replaceAll('.', '\\.')}$`] } },
      `app.example A expect rcode NOERROR, answer ${address}`,
    ),
  )
  const services = ['', 'shop.Cart', 'shop.Down', 'shop.Unknown', 'shop.Quiet', 'shop.Away', 'shop.Old']
  return [...rcodes, ...answers, ...services.map((service) => grpc(service)), grpc('', closed)]
}
