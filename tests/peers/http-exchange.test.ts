import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allow, httpServer, type Listening, probe } from './servers.ts'

const HOUR_MS = 3_600_000
let at: Listening

beforeAll(async () => {
  at = await httpServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/old') {
      response.socket?.end('HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok')
      return
    }
    if (pathname === '/go') return response.writeHead(302, { location: '/end?x=1' }).end()
    if (pathname === '/secret') return response.writeHead(302, { location: '/end?token=abc' }).end()
    const changed = new Date(Date.now() - HOUR_MS).toUTCString()
    response
      .writeHead(200, [
        ...['last-modified', changed, 'x-line', 'one', 'x-line', 'two=2', 'set-cookie', 'sid=abc; Secure'],
        ...['x-api-token', 'abc', 'expires', '0'],
      ])
      .end(pathname === '/long' ? `${'x'.repeat(1200)}Exception` : 'line one\nNullPointerException at 12')
  })
})
afterAll(() => at.close())

const seen = async (path: string, rest: string) => {
  const { judgement } = await probe(`${at.url}${path}`, `expect ${rest}`)
  return judgement.outcome
}

describe('what else is asked of an answer', () => {
  it.each([
    ['/', 'body matches "Null[A-Z]\\\\w+ at [0-9]{2}$"', 'pass'],
    ['/', 'body matches "(?i)nullpointer"', 'pass'],
    ['/', 'body matches "^Null"', 'fail'],
    ['/', 'body matches "(?m)^Null"', 'pass'],
    ['/', 'body not-matches "(?i)exception"', 'fail'],
    ['/', 'body not-matches "Traceback"', 'pass'],
    ['/long', 'body not-matches "Exception", limit 1000B', 'inconclusive'],
    ['/long', 'body matches "x$", limit 1000B', 'inconclusive'],
    ['/long', 'body matches "^x{10}", limit 1000B', 'pass'],
    ['/', 'header x-line matches "^two=[0-9]$"', 'pass'],
    ['/', 'header x-line matches "one, two"', 'fail'],
    ['/', 'header x-line not-matches "^three"', 'pass'],
    ['/', 'header x-line not-matches "^one$"', 'fail'],
    ['/', 'header x-none not-matches "a"', 'inconclusive'],
    ['/', 'header x-none matches "a"', 'fail'],
    ['/', 'header set-cookie matches "; Secure$"', 'pass'],
    // Cookie values and what sounds secret are not kept, so nothing can be asked of them.
    ['/', 'header set-cookie matches "^sid=abc"', 'fail'],
    ['/', 'header x-api-token matches "abc"', 'inconclusive'],
    ['/', 'http-version == 1.1', 'pass'],
    ['/old', 'http-version == 1.1', 'fail'],
    ['/old', 'http-version == 1.0', 'pass'],
    ['/', 'no-tls', 'pass'],
    ['/', 'tls', 'fail'],
    ['/go', 'final-url == "/end?x=1", redirects follow', 'pass'],
    ['/go', 'final-url == "/end", redirects follow', 'fail'],
    ['/secret', 'final-url == "/end?token=abc", redirects follow', 'inconclusive'],
    ['/', 'header-age last-modified < 2h', 'pass'],
    ['/', 'header-age last-modified < 30m', 'fail'],
    ['/', 'header-age expires < 2h', 'inconclusive'],
    ['/', 'header-age x-none < 2h', 'inconclusive'],
  ])('%s: %s: %s', async (path, rest, outcome) => {
    expect(await seen(path, rest)).toBe(outcome)
  })

  it('keeps of an expression whether it was found, and how far it was looked for', async () => {
    const { observation } = await probe(
      `${at.url}/`,
      'expect body matches "NullPointer", header x-line matches "^two"',
    )
    expect(observation.body?.matches).toEqual([{ pattern: 'NullPointer', found: true, searched: 35 }])
    expect(observation.response?.matches).toEqual([{ name: 'x-line', pattern: '^two', found: true }])
  })
})

describe('a family of addresses', () => {
  const both = async () => ['::1', '127.0.0.1']
  const asked = (family: string, resolve: () => Promise<string[]>, entries = [`localhost:${at.port}`]) =>
    probe(`http://localhost:${at.port}/`, `expect status == 200, family ${family}`, {
      resolve,
      allowList: allow(...entries),
    })

  it('decides which address is used', async () => {
    const four = await asked('ipv4', both)
    expect(four.judgement.outcome).toBe('pass')
    expect(four.observation.connection).toMatchObject({ addresses: ['::1', '127.0.0.1'], used: '127.0.0.1' })
    // Nobody listens there: the other family is no way out.
    const six = await asked('ipv6', both)
    expect(six.observation.connection?.used).toBe('::1')
    expect(six.judgement.outcome).toBe('fail')
  })

  it('that a name lacks is an error', async () => {
    const { judgement } = await asked('ipv6', async () => ['127.0.0.1'])
    expect(judgement).toMatchObject({ outcome: 'error', line: 'localhost has no IPv6 address' })
  })

  it('does not make an address allowed that is not, of the other family either', async () => {
    const { judgement, observation } = await asked('ipv4', async () => ['127.0.0.1', '10.0.0.1'])
    expect(judgement.outcome).toBe('blocked')
    expect(observation.connection?.used).toBeNull()
  })
})
