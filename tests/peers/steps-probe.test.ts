import { describe, expect, it } from 'vitest'
import { canonical } from '#lib/shared/canonical.ts'
import { allow, look, raw, sample, serve } from './servers.ts'

const v = (name: string) => `$\{${name}}`
const PASSWORD = 'a long enough sentence'
const SIGN_IN = `step "sign in" POST /api/login, field email: "${v('PROBE_USER')}", field password: "${v('PROBE_PASSWORD')}"`
const LOGIN = `${SIGN_IN} expect status == 200`

const at = (url: string, rest: string, user = 'probe@example.org') =>
  look(`steps ${v('BASE_URL')} ${rest}`, {
    variables: { BASE_URL: `${url}/`, PROBE_USER: user, PROBE_PASSWORD: PASSWORD },
    allowList: allow(new URL(url).host),
  })

describe('a probe of steps against the sample target', () => {
  const feature = `${LOGIN}, capture token json access_token
    step "list claims" /api/private, send authorization: "Bearer ${v('token')}", expect json claims.0.id == "C-1"`
  const signedOut = `${LOGIN}, capture sid cookie __Host-sid
    step "sign out" POST /api/logout, expect status == 204
    step "the old session" /api/private, send cookie: "__Host-sid=${v('sid')}", expect status == 401`

  it.each<[string, string, string, string]>([
    [
      'login',
      `${LOGIN}`,
      'step 1 of 1, “sign in”: status 200',
      'step 1 of 1, “sign in”: status 500 · wanted 200',
    ],
    [
      'login',
      feature,
      'step 1 of 2, “sign in”: status 200 · token captured · step 2 of 2, “list claims”: status 200 · claims.0.id="C-1"',
      'step 1 of 2, “sign in”: status 500 · wanted 200 · 3 more',
    ],
    [
      'private',
      'step /api/private, expect status in (401, 403)',
      'step 1 of 1, “GET /api/private”: status 401',
      'step 1 of 1, “GET /api/private”: status 200 · wanted one of 401, 403',
    ],
    [
      'weak',
      'step POST /api/register, field password: "12345", expect status in (400, 422)',
      'step 1 of 1, “POST /api/register”: status 422',
      'step 1 of 1, “POST /api/register”: status 201 · wanted one of 400, 422',
    ],
    [
      'logout',
      signedOut,
      'step 3 of 3, “the old session”: status 401',
      'step 3 of 3, “the old session”: status 200 · wanted 401',
    ],
    [
      'token',
      `${LOGIN}, capture token json access_token, expect jwt token exp-iat <= 15m, jwt token alg == HS256`,
      'step 1 of 1, “sign in”: status 200 · exp-iat 15m',
      'step 1 of 1, “sign in”: exp-iat 1440m · wanted ≤ 15m',
    ],
  ])('%s: %s', async (name, rest, good, bad) => {
    const target = await sample()
    const passed = (await at(target.url, rest)).judgement
    expect(passed.outcome).toBe('pass')
    expect(passed.line).toContain(good)
    target.broken.add(name)
    const failed = (await at(target.url, rest)).judgement
    expect(failed).toMatchObject({ outcome: 'fail', line: bad })
  })

  it('shows that an idle session ends, where the user has a short one', async () => {
    const target = await sample()
    const rest = `${LOGIN} step "used" /api/private, expect status == 200
      step "idle" /api/private, wait 1200ms, expect status == 401, timeout 10s`
    expect((await at(target.url, rest, 'short@example.org')).judgement.outcome).toBe('pass')
    target.broken.add('idle')
    expect((await at(target.url, rest, 'short@example.org')).judgement).toMatchObject({
      outcome: 'fail',
      line: 'step 3 of 3, “idle”: status 200 · wanted 401',
    })
  })

  it('keeps cookies between steps, leaves them out when told, and none of their values', async () => {
    const target = await sample()
    const rest = `${LOGIN}, capture token json access_token
      step "with" /api/private, expect status == 200
      step "without" /api/private, without cookies, expect status == 401`
    const { judgement, observation } = await at(target.url, rest)
    expect(judgement.outcome).toBe('pass')
    if (observation.kind !== 'steps') throw new Error(observation.kind)
    const [first, second, third] = observation.steps
    expect(first).toMatchObject({
      sentBody: expect.stringContaining('"password":"•••"'),
      cookies: [{ name: '__Host-sid', kept: true, why: null }],
      captures: [{ name: 'token', found: true, jwt: { alg: 'HS256' } }],
    })
    expect(second?.request.headers).toContainEqual({ name: 'cookie', value: '•••' })
    expect(third?.request.headers.map(({ name }) => name)).not.toContain('cookie')
    const kept = canonical(observation)
    expect(kept).not.toContain(PASSWORD)
    expect(kept).not.toMatch(/eyJ[\w-]{10}/)
  })
})

describe('a probe of steps', () => {
  it('stops at the first step that is not true, and asks nothing more', async () => {
    const asked: string[] = []
    const { url } = await serve((request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(request.url === '/b' ? 500 : 200).end('{}')
    })
    const rest = 'step /a, warn json x == 1, step /b, expect status == 200, step /c, expect status == 200'
    const { judgement, observation } = await at(url, rest)
    expect(judgement.line).toBe('step 2 of 3, “GET /b”: status 500 · wanted 200 · 2 more')
    expect(judgement.conditions.map(({ result }) => result)).toEqual(['true', 'unknown', 'false', 'unknown'])
    expect(asked).toEqual(['/a', '/b'])
    expect(observation).toMatchObject({
      steps: [{ response: { status: 200 } }, { response: { status: 500 } }],
    })
  })

  it.each<[string, string, string]>([
    ['json a.b', '{"a":{"b":null}}', 'no x: a.b is null'],
    ['json a.b', '{}', 'no x: a.b is missing'],
    ['json a', '{"a":""}', 'no x: a is text'],
    ['json a', 'hello', 'no x: the body is not JSON'],
    ['json a', `{"a":"${'y'.repeat(9000)}"}`, 'no x: it is longer than 8192 characters'],
  ])('of %s in %s nothing is known', async (where, body, line) => {
    const { url } = await serve((_request, response) => response.end(body))
    const { judgement } = await at(
      url,
      `step /, expect status == 200, capture x ${where} step /b/${v('x')} expect status == 200`,
    )
    expect(judgement).toMatchObject({ outcome: 'inconclusive' })
    expect(judgement.line).toContain(`step 1 of 2, “GET /”: ${line}`)
  })

  it('a header or cookie that is not sent is a finding', async () => {
    const { url } = await serve((_request, response) => response.end())
    for (const where of ['header x-csrf', 'cookie sid'])
      expect((await at(url, `step /, expect status == 200, capture x ${where}`)).judgement.outcome).toBe(
        'fail',
      )
  })

  it('a text that is no token, or one without times, says nothing', async () => {
    const token = (claims: object) =>
      `${[{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`
    const outcomeOf = async (text: string, asked: string) => {
      const { url } = await serve((_request, response) => response.end(JSON.stringify({ t: text })))
      const { judgement } = await at(
        url,
        `step /, expect status == 200, capture t json t, expect jwt t ${asked}`,
      )
      return `${judgement.outcome}: ${judgement.line}`
    }
    expect(await outcomeOf('hello world', 'exp-iat <= 15m')).toContain(
      'inconclusive: step 1 of 1, “GET /”: t is not a JSON Web Token',
    )
    expect(await outcomeOf(token({ exp: 5 }), 'exp-iat <= 15m')).toContain(
      'inconclusive: step 1 of 1, “GET /”: t has no iat',
    )
    expect(await outcomeOf(token({ iat: 5 }), 'exp-iat <= 15m')).toContain('t has no exp')
    expect(await outcomeOf(token({ iat: 100, exp: 'soon' }), 'exp-iat <= 15m')).toContain('t has no exp')
    expect(await outcomeOf(token({ iat: 100, exp: 1000 }), 'exp-iat <= 15m')).toContain('pass: ')
    expect(await outcomeOf(token({ iat: 100, exp: 1000.5 }), 'exp-iat <= 15m')).toContain('fail: ')
    expect(await outcomeOf(token({ iat: 100, exp: 1000 }), 'expires-in > 0s')).toContain('fail: ')
    expect(await outcomeOf(token({}), 'alg != none')).toContain('fail: step 1 of 1, “GET /”: alg none')
  })

  it('what a target answered is never read as a variable, nor leads elsewhere', async () => {
    const asked: string[] = []
    const { url } = await serve((request, response) => {
      asked.push(`${request.url} ${request.headers['x-echo'] ?? ''}`)
      response.end(JSON.stringify({ id: `$\{PROBE_PASSWORD}/../../admin` }))
    })
    const rest = `step /a, expect status == 200, capture id json id
      step /b/${v('id')}, send x-echo: "${v('id')}", expect status == 200`
    expect((await at(url, rest)).judgement.outcome).toBe('pass')
    expect(asked[1]).toBe('/b/%24%7BPROBE_PASSWORD%7D%2F..%2F..%2Fadmin $' + '{PROBE_PASSWORD}/../../admin')
  })

  it('sends fields as JSON, or as a form when the content type says so', async () => {
    const got: string[] = []
    const { url } = await serve(async (request, response) => {
      let text = ''
      for await (const chunk of request) text += chunk
      got.push(
        `${request.method} ${request.headers['content-type']} ${request.headers['content-length']} ${text}`,
      )
      response.end()
    })
    const rest = `step PUT /, field a: "x\\"y", field b: "ü&", expect status == 200
      step POST /, send content-type: application/x-www-form-urlencoded, field a: "x y", field b: "&", expect status == 200
      step PATCH /, send content-type: text/plain, payload "as it is", expect status == 200
      step POST /, expect status == 200`
    expect((await at(url, rest)).judgement.outcome).toBe('pass')
    expect(got).toEqual([
      'PUT application/json 22 {"a":"x\\"y","b":"ü&"}',
      'POST application/x-www-form-urlencoded 11 a=x+y&b=%26',
      'PATCH text/plain 8 as it is',
      'POST undefined 0 ',
    ])
  })

  it('says at which step it could not go on', async () => {
    const { url, close } = await raw((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'))
    })
    const line = async (rest: string) => {
      const { judgement } = await at(url, rest)
      return `${judgement.outcome}: ${judgement.line}`
    }
    const first = 'step /, expect status == 200'
    expect(await line(`${first}, step "b" /${v('MISSING')}, expect status == 200`)).toBe(
      "error: step 2 of 2, “b”: MISSING is not set for production. Set it on the environment's page, then run the probe again.",
    )
    expect(await line(`${first}, step "b" http://127.0.0.1:9/, expect status == 200`)).toContain(
      'blocked: step 2 of 2, “b”: ',
    )
    expect(await line(`${first}, step "b" /, wait 300ms, expect status == 200`)).toContain('pass')
    const slow = await serve((request, response) => {
      if (request.url !== '/slow') response.end()
    })
    const { judgement } = await at(slow.url, `${first}, step "b" /slow, expect status == 200, timeout 500ms`)
    expect(`${judgement.outcome}: ${judgement.line}`).toBe(
      'fail: step 2 of 2, “b”: no whole answer within 500 ms',
    )
    await close()
    expect(await line(first)).toBe('fail: step 1 of 1, “GET /”: connection refused')
    const other = await raw((socket) => socket.end('SSH-2.0-x\r\n'))
    expect((await at(other.url, first)).judgement.outcome).toBe('error')
  })
})
