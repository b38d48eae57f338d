import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { htmlFacts } from '#lib/probes/html-facts.ts'
import { graded } from '#lib/probes/observatory/grade.ts'
import { cookiesOf, hasBadSameSite } from '#lib/probes/observatory/observed-cookies.ts'
import type { PageFacts } from '#lib/probes/observatory/page-facts.ts'
import { ORACLE, oracle, type Sample } from './observatory-oracle.ts'

const HOST = 'www.example.co.uk'
const ORIGIN = 'https://http-observatory.security.mozilla.org'

function ours({ secure, host, headers, setCookie, html, cors, plain }: Sample) {
  const { meta, scripts } = htmlFacts(html ?? '')
  const stop = {
    url: new URL(`${secure ? 'https' : 'http'}://${host}/`),
    headers: setCookie.map((value) => ({ name: 'set-cookie', value })),
  }
  const page: PageFacts = {
    ...{ secure, host, plain, meta, scripts, isHtml: html !== null },
    headers: headers.map(([name, value]) => ({ name, value })),
    cookies: cookiesOf([stop], new Date()),
    hasBadSameSite: hasBadSameSite(stop),
    cors: { allowOrigin: null, allowCredentials: null, ...cors, origin: ORIGIN },
  }
  const { score, grade, tests } = graded(page)
  return {
    score,
    grade,
    tests: Object.fromEntries(tests.map(({ test, result, passes }) => [test, { result, pass: passes }])),
  }
}

const some = fc.constantFrom
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4 })
const SOURCES = [
  ...[
    "'self'",
    "'none'",
    "'unsafe-inline'",
    "'unsafe-eval'",
    "'strict-dynamic'",
    "'nonce-abc'",
    "'sha256-abc='",
  ],
  ...[
    'data:',
    'blob:',
    'https:',
    'http:',
    '*',
    'https://*',
    'http://*.*',
    'ftp://a.example',
    '*.example.com',
  ],
  ...[
    'https://cdn.example.com',
    'https://cdn.example.com/x/',
    'https://cdn.example.com/x/y.js',
    'http://old.example.com',
    'HTTPS://UPPER.example',
  ],
]
const DIRECTIVES = [
  ...[
    'default-src',
    'script-src',
    'style-src',
    'img-src',
    'media-src',
    'object-src',
    'connect-src',
    'base-uri',
  ],
  ...[
    'form-action',
    'frame-ancestors',
    'report-uri',
    'report-to',
    'sandbox',
    'upgrade-insecure-requests',
    'Script-Src',
  ],
]
const directive = fc
  .tuple(some(...DIRECTIVES), fc.array(some(...SOURCES), { maxLength: 4 }))
  .map(([name, sources]) => [name, ...sources].join(' '))
/** Most policies name a directive once, as most people do; some repeat one. */
const policy = fc
  .oneof(
    {
      weight: 5,
      arbitrary: fc.uniqueArray(directive, {
        minLength: 1,
        maxLength: 6,
        selector: (one) => one.split(' ')[0]?.toLowerCase(),
      }),
    },
    { weight: 1, arbitrary: fc.array(directive, { minLength: 1, maxLength: 5 }) },
  )
  .map((all) => all.join('; '))
const policies = fc.oneof(
  { weight: 5, arbitrary: policy },
  {
    weight: 1,
    arbitrary: some('', 'img-s', ';;;;;;;;', 'default-src', "default-src 'none'", "default-src 'none';", 'x'),
  },
)

const header = (name: string, value: fc.Arbitrary<string>) =>
  maybe(value.map((one): [string, string] => [name, one]))
const headers = fc
  .tuple(
    maybe(
      fc.oneof(
        { weight: 5, arbitrary: policies.map((one) => [one]) },
        { weight: 1, arbitrary: fc.array(policy, { minLength: 2, maxLength: 3 }) },
      ),
    ),
    header('content-security-policy-report-only', policy),
    header(
      'strict-transport-security',
      some(
        'max-age=31536000',
        'max-age=63072000; includeSubDomains; preload',
        'max-age=300',
        'max-age=15552000',
        'Max-Age=15551999',
        'max-age=0',
        'includeSubDomains',
        '',
        'max-age=1, max-age=2',
        ' max-age=31536000 ; PRELOAD',
      ),
    ),
    header(
      'x-frame-options',
      some('DENY', 'sameorigin', 'ALLOW-FROM https://a.example', 'ALLOWALL', '', 'DENY, DENY', ' deny '),
    ),
    header('x-content-type-options', some('nosniff', 'NoSniff ', 'none', '', 'nosniff, nosniff')),
    header(
      'referrer-policy',
      some(
        'no-referrer',
        'same-origin',
        'strict-origin',
        'strict-origin-when-cross-origin',
        'origin',
        'unsafe-url',
        'no-referrer-when-downgrade',
        'x',
        'no-referrer, unsafe-url',
        'unsafe-url,Same-Origin',
        '',
      ),
    ),
    header(
      'cross-origin-resource-policy',
      some('same-origin', 'same-site', 'cross-origin', 'SAME-ORIGIN ', 'x', ''),
    ),
  )
  .map(([csp, ...others]): [string, string][] => [
    ...(csp ?? []).map((one): [string, string] => ['content-security-policy', one]),
    ...others.flatMap((one) => (one === null ? [] : [one])),
  ])

const cookie = fc
  .tuple(
    some(
      'sid',
      'sessionid',
      'PHPSESSID',
      'login',
      'theme',
      'csrftoken',
      'XSRF-TOKEN',
      '__Host-sess',
      '__Secure-id',
      'heroku-session-affinity',
    ),
    fc.subarray([
      'Secure',
      'HttpOnly',
      'Path=/',
      'Max-Age=3600',
      'Path=/app',
      'Domain=.example.co.uk',
      'Domain=other.example',
    ]),
    some(
      null,
      'SameSite=Lax',
      'samesite=strict',
      'SameSite=None',
      'SameSite=Nonsense',
      'SameSite',
      'SameSite=',
    ),
  )
  .map(([name, flags, sameSite]) =>
    [`${name}=v`, ...flags, ...(sameSite === null ? [] : [sameSite])].join('; '),
  )
  // Without a Path of its own it is one of the differences below.
  .filter((line) => !line.startsWith('__Host-') || line.includes('; Path=/'))

const tag = fc.oneof(
  fc
    .tuple(
      some(
        '/app.js',
        'app.js',
        'https://cdn.example.com/a.js',
        'http://cdn.example.com/a.js',
        '//cdn.example.com/a.js',
        'https://static.example.co.uk/a.js',
        'http://www.example.co.uk/b.js',
        'data:text/javascript,1',
        '',
      ),
      some(
        '',
        ' integrity="sha384-abc"',
        " integrity='sha384-abc' crossorigin",
        ' integrity=""',
        ' defer async',
      ),
    )
    .map(([src, more]) => `<script src="${src}"${more}></script>`),
  some(
    '<script>let a = "<script src=//x.example/>"</script>',
    '<!-- <script src="http://x.example/a.js"></script> -->',
    '<style>a{}</style>',
    '<template><script src="http://x.example/a.js"></script></template>',
    '<p class=a>text</p>',
    '<textarea><script src="http://x.example/t.js"></script></textarea>',
  ),
  policy.map((one) => `<meta http-equiv="Content-Security-Policy" content="${one}">`),
  some(
    '<meta name="referrer" content="no-referrer">',
    "<META NAME=referrer CONTENT='unsafe-url'>",
    '<meta name="viewport" content="width=1">',
    '<meta http-equiv="refresh" content="1">',
  ),
)
const html = fc
  .array(tag, { maxLength: 5 })
  .map((tags) => `<!doctype html><html><head><title>a</title>${tags.join('\n')}</head><body></body></html>`)

const plain = fc.oneof(
  {
    weight: 4,
    arbitrary: some([`http://${HOST}/`, `https://${HOST}/`]).map((route) => ({ route, isTrusted: true })),
  },
  {
    weight: 3,
    arbitrary: some(
      [`http://${HOST}/`],
      [`http://${HOST}/`, 'https://other.example/'],
      [`http://${HOST}/`, `http://${HOST}/a`, `https://${HOST}/a`],
      [`http://${HOST}/`, `https://${HOST}/`, `http://${HOST}/b`],
      [`http://${HOST}/`, `https://${HOST}/`, 'https://other.example/'],
    ).map((route) => ({ route, isTrusted: true })),
  },
  { weight: 1, arbitrary: some<PageFacts['plain']>('none', { route: [], isTrusted: false }) },
)
const cors = maybe(
  fc.record({
    allowOrigin: some(null, '*', ORIGIN, 'https://a.example', ' * '),
    allowCredentials: some(null, 'true', 'TRUE', 'false'),
  }),
)
const samples: fc.Arbitrary<Sample> = fc.record({
  secure: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  host: fc.constant(HOST),
  headers,
  setCookie: fc.oneof(
    { weight: 1, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.array(cookie, { minLength: 1, maxLength: 3 }) },
  ),
  html: fc.option(html),
  cors,
  plain,
})

describe.skipIf(!ORACLE.isInstalled)(ORACLE.titled('the HTTP Observatory 1.4.8'), () => {
  it('judges 1,500 generated pages as we do, test by test, and gives the same score and grade', async () => {
    const judge = await oracle()
    const seen = new Set<string>()
    fc.assert(
      fc.property(samples, (sample) => {
        const theirs = judge(sample)
        for (const { result } of Object.values(theirs.tests)) seen.add(result)
        expect(ours(sample)).toEqual(theirs)
      }),
      { numRuns: 1_500 },
    )
    // What was never generated was not compared.
    expect(seen.size).toBeGreaterThanOrEqual(55)
  }, 300_000)

  it.each<[string, [string, string][], string, string, string]>([
    [
      'a max-age that is no number is none',
      [['strict-transport-security', 'max-age=abc']],
      ...['strict-transport-security', 'hsts-header-invalid', 'hsts-implemented-max-age-at-least-six-months'],
    ],
    [
      'a quoted max-age is read, and may be short',
      [['strict-transport-security', 'max-age="300"']],
      ...[
        'strict-transport-security',
        'hsts-implemented-max-age-less-than-six-months',
        'hsts-implemented-max-age-at-least-six-months',
      ],
    ],
    [
      'a max-age with letters behind it is none',
      [['strict-transport-security', 'max-age=31536000x']],
      ...['strict-transport-security', 'hsts-header-invalid', 'hsts-implemented-max-age-at-least-six-months'],
    ],
    [
      'a max-age below zero is none',
      [['strict-transport-security', 'max-age=-1']],
      ...[
        'strict-transport-security',
        'hsts-header-invalid',
        'hsts-implemented-max-age-less-than-six-months',
      ],
    ],
    [
      'a comma parts two policies',
      [['content-security-policy', "default-src 'self', script-src *"]],
      ...['content-security-policy', 'csp-implemented-with-no-unsafe', 'csp-implemented-with-unsafe-inline'],
    ],
    [
      'a __Host- cookie without a Path of its own is refused by browsers',
      [['set-cookie', '__Host-sess=1; Secure']],
      ...['cookies', 'cookies-not-found', 'cookies-session-without-httponly-flag'],
    ],
    [
      'a cookie that is deleted is not set',
      [['set-cookie', 'sess=; Max-Age=0']],
      ...['cookies', 'cookies-not-found', 'cookies-session-without-secure-flag'],
    ],
  ] as [string, [string, string][], string, string, string][])(
    'differs on purpose: %s',
    async (_title, lines, test, mine, theirs) => {
      const isCookie = ([name]: [string, string]) => name === 'set-cookie'
      const sample: Sample = {
        ...{ secure: true, host: HOST, html: null, cors: null, plain: 'none' },
        headers: lines.filter((one) => !isCookie(one)),
        setCookie: lines.filter(isCookie).map(([, line]) => line),
      }
      expect(ours(sample).tests[test]?.result).toBe(mine)
      expect((await oracle())(sample).tests[test]?.result).toBe(theirs)
    },
  )
})
