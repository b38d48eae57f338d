import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { observe } from '#lib/probes/channels/observe.ts'
import { isPulledConfig } from '#lib/probes/pushed.ts'
import { REDIS, startRedis, titled } from './processes.ts'
import { allow, look, raw, serve } from './servers.ts'

const host = (url: string) => new URL(url).host
const api = 'part "api" http $' + '{BASE_URL}/api/status expect status == 200, json db == "ok"'
const page = 'part "page" http $' + '{BASE_URL}/ expect status == 200'

/** A site whose page and interface answer with these statuses. */
const site = (statuses: { api?: number; page?: number } = {}) =>
  serve((request, response) => {
    const isApi = request.url === '/api/status'
    response.writeHead((isApi ? statuses.api : statuses.page) ?? 200)
    response.end(isApi ? '{"db":"ok"}' : 'hello')
  })

describe.skipIf(REDIS === undefined)(
  titled('a composite probe of a site and redis-server', REDIS, 'redis-server'),
  () => {
    let redis: Awaited<ReturnType<typeof startRedis>>
    let port = ''
    beforeAll(async () => {
      redis = await startRedis('--requirepass', 'swordfish-long')
      port = new URL(redis.url).port
    })
    afterAll(async () => {
      await redis.stop()
    })

    async function seen(
      need: string,
      {
        statuses,
        pair = ':swordfish-long@',
        parts = '',
      }: { statuses?: object; pair?: string; parts?: string } = {},
    ) {
      const { url } = await site(statuses)
      const cache = `part "cache"${parts} redis $\{REDIS_URL} expect ping, role master`
      return look(`composite ${need} ${api} ${page} ${cache}`, {
        variables: { BASE_URL: url, REDIS_URL: `redis://${pair}127.0.0.1:${port}` },
        allowList: allow(host(url), `127.0.0.1:${port}`),
      })
    }

    it('passes when all parts do, and keeps what each saw', async () => {
      const { judgement, observation } = await seen('need all')
      expect(judgement).toMatchObject({ outcome: 'pass', verdict: 'pass', line: '3 of 3 parts pass' })
      expect(observation).toMatchObject({
        kind: 'composite',
        error: null,
        connection: null,
        parts: [
          { name: 'api', look: { kind: 'http', response: { status: 200 } } },
          { name: 'page', look: { kind: 'http', response: { status: 200 } } },
          { name: 'cache', look: { kind: 'redis', ping: 'PONG', address: `redis://127.0.0.1:${port}` } },
        ],
      })
      expect(JSON.stringify([observation, judgement])).not.toContain('swordfish')
    })

    it('fails when one of all does, and passes where two are enough', async () => {
      const statuses = { page: 503 }
      expect((await seen('need all', { statuses })).judgement).toMatchObject({
        outcome: 'fail',
        line: '2 of 3 parts pass · wanted all · “page”: status 503 · wanted 200',
      })
      expect((await seen('need 2', { statuses })).judgement).toMatchObject({
        outcome: 'pass',
        line: '2 of 3 parts pass · “page”: status 503 · wanted 200',
      })
    })

    it('is an error where a part could not be measured and decides it', async () => {
      const wrong = { pair: ':another-word@' }
      expect((await seen('need all', wrong)).judgement).toMatchObject({
        outcome: 'error',
        verdict: 'inconclusive',
        line: '2 of 3 parts pass, 1 undecided · wanted all · “cache”: Redis did not accept the user name and password of the address',
      })
      expect((await seen('need 2', wrong)).judgement.outcome).toBe('pass')
      expect((await seen('need 2', { ...wrong, parts: ' veto' })).judgement.outcome).toBe('error')
      expect((await seen('need all', { ...wrong, statuses: { page: 503 } })).judgement.outcome).toBe('fail')
    })

    it('is inconclusive where a part says nothing that could be judged', async () => {
      const { url } = await serve((_request, response) => response.end('no JSON'))
      const cache = 'part "cache" redis $' + '{REDIS_URL} expect ping'
      const { judgement } = await look(`composite need all ${api} ${cache}`, {
        variables: { BASE_URL: url, REDIS_URL: `redis://:swordfish-long@127.0.0.1:${port}` },
        allowList: allow(host(url), `127.0.0.1:${port}`),
      })
      expect(judgement).toMatchObject({ outcome: 'inconclusive', verdict: 'inconclusive' })
      expect(judgement.line).toContain('1 of 2 parts pass, 1 undecided · wanted all · “api”: ')
    })

    it('keeps each part behind the entries for its own kind', async () => {
      const { url } = await site()
      const cache = 'part "cache" redis $' + '{REDIS_URL} expect ping'
      const { judgement, observation } = await look(`composite need all ${page} ${cache}`, {
        variables: { BASE_URL: url, REDIS_URL: `redis://:swordfish-long@127.0.0.1:${port}` },
        allowList: allow(`${host(url)} for http`, `127.0.0.1:${port} for http`),
      })
      expect(judgement).toMatchObject({ outcome: 'blocked', verdict: 'inconclusive' })
      expect(observation).toMatchObject({
        parts: [{ look: { error: null } }, { look: { error: { kind: 'blocked' } } }],
      })
    })
  },
)

describe('a composite probe', () => {
  const two = (a: string, b: string, rest = 'expect status == 200') =>
    `part a http ${a}/ ${rest} part b http ${b}/ ${rest}`

  it('looks at its parts at the same time', async () => {
    const waiting: (() => void)[] = []
    // Nobody is answered before both have asked.
    const { url } = await serve((_request, response) => {
      waiting.push(() => response.end('ok'))
      if (waiting.length === 2) for (const answer of waiting) answer()
    })
    const { judgement } = await look(`composite need all ${two(url, url)}`, { allowList: allow(host(url)) })
    expect(judgement.outcome).toBe('pass')
  })

  it('ends every part with its own deadline, whatever the others do', async () => {
    const silent = await raw(() => undefined)
    const { url } = await site()
    const given = { allowList: allow(host(url), host(silent.url)) }
    expect(
      (await look(`composite need all, timeout 300ms ${two(url, silent.url)}`, given)).judgement,
    ).toMatchObject({
      outcome: 'fail',
      line: '1 of 2 parts pass · wanted all · “b”: no whole answer within 300 ms',
    })
    expect(
      (await look(`composite need any, timeout 300ms ${two(url, silent.url)}`, given)).judgement.outcome,
    ).toBe('pass')
  })

  it('lets a part that vetoes decide against any sum, by a refused connection too', async () => {
    const gone = await raw(() => undefined)
    await gone.close()
    const { url } = await site()
    const parts = `part a weight 5 http ${url}/ expect status == 200 part b veto http ${gone.url}/ expect status == 200`
    const { judgement } = await look(`composite need weight 5 ${parts}`, {
      allowList: allow(host(url), host(gone.url)),
    })
    expect(judgement).toMatchObject({
      outcome: 'fail',
      line: 'weight 5 of 6 passes · wanted weight 5 and no veto of "b" · “b” vetoes: connection refused',
    })
    // What only measures is another thing than what is measured: here it decides nothing.
    const measuring = parts.replace(
      `http ${gone.url}/ expect status == 200`,
      `promql ${gone.url} "up" expect all == 1`,
    )
    expect(
      (await look(`composite need weight 5 ${measuring}`, { allowList: allow(host(url), host(gone.url)) }))
        .judgement,
    ).toMatchObject({ outcome: 'error', verdict: 'inconclusive' })
  })

  it('tries only that part again which the network broke off', async () => {
    const { url: steady } = await site()
    let connections = 0
    let asked = 0
    const shaky = await raw((socket) => {
      connections += 1
      if (connections === 1) return socket.destroy()
      return socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'))
    })
    const counting = await serve((_request, response) => {
      asked += 1
      response.end('ok')
    })
    const text = `composite need all ${two(shaky.url, counting.url)} part c http ${steady}/ expect status == 200`
    const { judgement, observation } = await look(text, {
      allowList: allow(host(shaky.url), host(counting.url), host(steady)),
      retries: null,
    })
    expect(judgement.outcome).toBe('pass')
    expect([connections, asked]).toEqual([2, 1])
    expect(observation).toMatchObject({
      parts: [{ look: { tries: [{ error: { kind: 'closed' } }] } }, {}, {}],
    })
    expect(judgement.conditions.find(({ text: said }) => said === 'part "a"')?.observed).toContain(
      'passed on attempt 2',
    )
  })

  it('takes several looks at all parts in a window', async () => {
    const { url } = await site()
    const { judgement, observation } = await look(
      `composite need all, window 2 of 2 every 1s ${two(url, url)}`,
      { allowList: allow(host(url)) },
    )
    expect(judgement).toMatchObject({ outcome: 'pass', line: '2 of 2 looks passed · 2 of 2 parts pass' })
    expect(observation).toMatchObject({
      kind: 'window',
      samples: [{ kind: 'composite' }, { kind: 'composite' }],
    })
  })

  it('says what its environment lacks, part by part', async () => {
    const { url } = await site()
    const { judgement } = await look(`composite need any ${page} part b http ${url}/ expect status == 500`, {
      allowList: allow(host(url)),
    })
    expect(judgement.outcome).toBe('error')
    expect(judgement.line).toContain('“page”: BASE_URL is not set for production')
  })

  it('is broken off as a whole', async () => {
    const { url } = await serve(() => stop.abort())
    const stop = new AbortController()
    const { observation, judgement } = await look(`composite need all ${two(url, url)}`, {
      allowList: allow(host(url)),
      signal: stop.signal,
    })
    expect(observation.error).toEqual({ kind: 'cancelled', message: 'cancelled' })
    expect(judgement.outcome).toBe('skipped')
  })

  it('keeps no secret of any part, wherever it comes back', async () => {
    const secret = 'correct-horse-battery'
    const { url } = await serve((request, response) => {
      response.end(`you said ${request.headers.authorization}`)
    })
    const sent = 'send authorization: "Bearer $' + '{API_TOKEN}"'
    const parsed = parseProbe(
      `composite need all part a http ${url}/ expect body contains "you said", ${sent} part b http ${url}/ expect status == 200`,
    )
    if (!parsed.ok || !isPulledConfig(parsed.config)) throw new Error('not read')
    const observation = await observe({
      config: parsed.config,
      variables: {},
      secrets: { values: { API_TOKEN: secret }, closed: [] },
      allowList: allow(host(url)),
      signal: new AbortController().signal,
    })
    expect(observation).toMatchObject({
      kind: 'composite',
      parts: [{ look: { response: { status: 200 } } }, {}],
    })
    expect(JSON.stringify(observation)).not.toContain(secret)
  })
})
