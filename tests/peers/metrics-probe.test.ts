import { gzipSync } from 'node:zlib'
import { Counter, Gauge, Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, newFolder, PROMETHEUS, type Process, start, titled } from './processes.ts'
import { allow, look, raw, serve } from './servers.ts'

const at = (url: string, rest: string) =>
  look(`metrics ${url}/metrics ${rest}`, { allowList: allow(new URL(url).host) })

async function ofPage(
  page: string | Buffer,
  rest: string,
  headers: Record<string, string> = {},
  status = 200,
) {
  const { url } = await serve((_request, response) => response.writeHead(status, headers).end(page))
  return (await at(url, rest)).judgement
}

describe('a metrics probe', () => {
  it.each([Registry.PROMETHEUS_CONTENT_TYPE, Registry.OPENMETRICS_CONTENT_TYPE] as const)(
    'reads the pages of prom-client as %s',
    async (type) => {
      const registry = new Registry()
      if (type === Registry.OPENMETRICS_CONTENT_TYPE) registry.setContentType(type as never)
      new Counter({
        name: 'http_requests_total',
        help: 'h',
        labelNames: ['code'],
        registers: [registry],
      }).inc({ code: '200' })
      new Gauge({ name: 'up', help: 'h', registers: [registry] }).set(1)
      const page = await registry.metrics()
      const judged = await ofPage(
        page,
        'expect parses, unique, family http_requests_total, family up, families >= 2',
        {
          'content-type': registry.contentType,
        },
      )
      expect(judged.line).toContain('2 series parse')
      expect(judged.outcome).toBe('pass')
    },
  )

  it.each<[string, string, string, string]>([
    ['a 1\n', 'expect family a', 'pass', 'a: 1 sample'],
    ['a 1\n', 'expect family b', 'fail', 'b: 0 samples · wanted family b'],
    ['a 1\na 2\n', 'expect unique', 'fail', '1 twice, first a{} · wanted unique'],
    [
      'a 1\nb\n',
      'expect family a',
      'fail',
      'line 2: a sample has a name, then its value · wanted parses · 1 more',
    ],
    ['<!doctype html>\n', 'expect series >= 0', 'fail', 'line 1: this is neither'],
    ['a 1\nb 2\n', 'expect series >= 3', 'fail', '2 series · wanted ≥ 3'],
    ['', 'expect time < 5s', 'fail', 'the page is empty · wanted parses'],
    ['# EOF\n', 'expect time < 5s', 'fail', 'there is no sample · wanted parses'],
    ['<!doctype html>\n', 'expect time < 5s', 'fail', 'line 1: this is neither'],
    ['a 1\n', 'expect time < 5s', 'pass', '1 series parses'],
    ['a 1\n', 'expect age < 1m', 'inconclusive', 'no sample carries a time · wanted < 1m'],
    ['a 1 1000\n', 'expect age < 1m', 'fail', 'ms old · wanted < 1m'],
    [`a 1\n${'b 1 '}${Date.now() - 2000}\n`, 'expect age < 10m', 'pass', 'oldest sample'],
    ['a 1\nb 2\n', 'expect family a, limit 4B', 'inconclusive', 'page cut after 4 B · wanted parses'],
    ['a 1\n', 'expect family a, time < 5s', 'pass', 'a: 1 sample'],
  ])('%j %s: %s', async (page, rest, outcome, line) => {
    const judged = await ofPage(page, rest)
    expect(judged.line).toContain(line)
    expect(judged.outcome).toBe(outcome)
  })

  it('reads what comes compressed, and takes an error page for no page', async () => {
    expect((await ofPage(gzipSync('a 1\n'), 'expect family a', { 'content-encoding': 'gzip' })).outcome).toBe(
      'pass',
    )
    const broken = await ofPage('a 1\n', 'expect family a', {}, 500)
    expect(broken).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('status 500 · wanted 200 to 299'),
    })
  })

  it('cannot tell from an answer that is not HTTP, and fails where nobody listens', async () => {
    const { url, close } = await raw((socket) => socket.end('SSH-2.0-x\r\n'))
    expect((await at(url, 'expect parses')).judgement.outcome).toBe('error')
    await close()
    expect((await at(url, 'expect parses')).judgement.outcome).toBe('fail')
  })
})

describe.skipIf(PROMETHEUS === undefined)(
  titled('the page of a real Prometheus', PROMETHEUS, 'prometheus'),
  () => {
    let prometheus: Process
    let url = ''
    beforeAll(async () => {
      const port = await freePort()
      const folder = newFolder('metrics')
      url = `http://127.0.0.1:${port}`
      const args = [
        '--config.file=/dev/null',
        `--storage.tsdb.path=${folder}/data`,
        `--web.listen-address=127.0.0.1:${port}`,
      ]
      prometheus = await start({ command: PROMETHEUS ?? 'prometheus', args, folder, ports: [port] })
    }, 60_000)
    afterAll(() => prometheus.stop())

    it('is valid, and has what it has', async () => {
      const wanted =
        'expect parses, unique, family prometheus_build_info, family go_gc_duration_seconds, series > 100'
      const { observation, judgement } = await at(url, wanted)
      expect(judgement.outcome).toBe('pass')
      expect(observation).toMatchObject({ page: { format: 'text', wrong: null }, body: { encoding: 'gzip' } })
      expect((await at(url, 'expect family no_such_family')).judgement.outcome).toBe('fail')
    })
  },
)
