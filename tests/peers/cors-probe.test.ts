import { describe, expect, it } from 'vitest'
import { allow, look, raw, serve } from './servers.ts'

const APP = 'https://app.example.com'
type Rules = (origin: string) => Record<string, string>

/** A server whose preflights are answered by the rules of a test. */
async function outcomeOf(rules: Rules, rest: string, status = 204, plain = status) {
  const asked: unknown[] = []
  const { url, port } = await serve((request, response) => {
    const { origin = '', 'access-control-request-method': verb } = request.headers
    asked.push([request.method, origin, verb, request.headers['access-control-request-headers']])
    response.writeHead(request.method === 'GET' ? plain : status, rules(origin)).end()
  })
  const { judgement } = await look(`cors ${url}/api origin ${APP}/ expect ${rest}`, {
    allowList: allow(`127.0.0.1:${port}`),
  })
  return { asked, ...judgement }
}
const listed: Rules = (origin): Record<string, string> =>
  origin === APP
    ? {
        ...{ 'access-control-allow-origin': origin, 'access-control-allow-methods': 'PUT' },
        ...{ 'access-control-allow-headers': 'authorization', 'access-control-allow-credentials': 'true' },
        ...{ 'access-control-max-age': '600', vary: 'origin' },
      }
    : {}
const everyone: Rules = () => ({ 'access-control-allow-origin': '*' })
const mirror: Rules = (origin) => ({
  ...{ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true' },
})

describe('a preflight', () => {
  it('is asked for the origin, for a stranger and for null', async () => {
    const { asked, outcome } = await outcomeOf(
      listed,
      'allows, refuses-others, credentials, max-age >= 10m, method PUT, asks authorization',
    )
    expect(outcome).toBe('pass')
    expect(asked).toEqual(
      [APP, 'https://cors-probe.invalid', 'null'].map((origin) => [
        'OPTIONS',
        origin,
        'PUT',
        'authorization',
      ]),
    )
  })

  it.each<[string, Rules, string, string]>([
    ['everyone', everyone, 'allows', 'pass'],
    ['everyone', everyone, 'refuses-others', 'fail'],
    ['everyone', everyone, 'credentials', 'fail'],
    ['whoever asks, with cookies', mirror, 'allows', 'fail'],
    ['another method', listed, 'allows, method DELETE', 'fail'],
    ['another header', listed, 'allows, asks x-other', 'fail'],
    ['nobody', () => ({}), 'allows', 'fail'],
    ['nobody', () => ({}), 'refuses-others', 'pass'],
    ['nobody', () => ({}), 'max-age <= 1h', 'inconclusive'],
  ])('of %s: %#', async (_who, rules, rest, outcome) => {
    expect((await outcomeOf(rules, rest)).outcome).toBe(outcome)
  })

  it('that is not answered with success allows nothing', async () => {
    expect(await outcomeOf(listed, 'allows', 405)).toMatchObject({ outcome: 'fail' })
  })

  it.each([502, 503, 500, 404, 301, 405])(
    'answered by %i to everybody refuses nobody in particular, unless the application answers',
    async (status) => {
      const down = await outcomeOf(() => ({}), 'refuses-others', status)
      expect(down.outcome).toBe('inconclusive')
      expect(down.line).toContain(`status ${status}`)
      expect(down.asked.at(-1)).toEqual(['GET', '', undefined, undefined])
      // What knows no CORS answers others as it answers the origin; a gateway answers for nobody.
      const isGateway = status === 502 || status === 503
      const up = await outcomeOf(() => ({}), 'refuses-others', status, 200)
      expect(up.outcome).toBe(isGateway ? 'inconclusive' : 'pass')
      expect((await outcomeOf(everyone, 'refuses-others', status)).outcome).toBe('fail')
    },
  )

  it('asks plainly only where it has to', async () => {
    expect((await outcomeOf(listed, 'refuses-others')).asked).toHaveLength(3)
    expect((await outcomeOf(listed, 'allows', 405)).asked).toHaveLength(3)
  })

  it('that breaks off fails, and one that cannot be asked is an error', async () => {
    const { port } = await raw((socket) => socket.destroy())
    const at = (url: string, origin: string) =>
      look(`cors ${url} origin ${origin} expect allows`, { allowList: allow(`127.0.0.1:${port}`) })
    expect((await at(`http://127.0.0.1:${port}/`, APP)).judgement.outcome).toBe('fail')
    expect((await at(`http://127.0.0.1:${port}/`, '$' + '{APP_URL}')).judgement.outcome).toBe('error')
    expect((await at('http://10.0.0.1/', APP)).judgement.outcome).toBe('blocked')
  })
})
