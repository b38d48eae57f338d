import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startPrometheus } from './alerting-servers.ts'
import { PROMETHEUS, titled } from './processes.ts'
import { allow, httpServer, type Listening, look, serve } from './servers.ts'

const URL_OF = '$' + '{PROMETHEUS_URL}'

const METRICS = `# TYPE app_error_ratio gauge
app_error_ratio{pod="a"} 0.0005
app_error_ratio{pod="b"} 0.02
# TYPE app_small gauge
app_small 0.0005
# TYPE app_seconds gauge
app_seconds 0.25
# TYPE app_bytes gauge
app_bytes 1.5e+06
# TYPE app_none gauge
app_none NaN
# TYPE app_much gauge
app_much +Inf
# TYPE app_requests_total counter
app_requests_total{pod="a"} `

describe.skipIf(PROMETHEUS === undefined)(
  titled('a PromQL probe against Prometheus', PROMETHEUS, 'prometheus'),
  () => {
    let stop: () => Promise<void>
    let app: Listening
    let host = ''
    let served = 0

    beforeAll(async () => {
      app = await httpServer((_request, response) => {
        served += 100
        response.setHeader('content-type', 'text/plain; version=0.0.4').end(`${METRICS}${served}\n`)
      })
      const config = `global: {scrape_interval: 500ms}\nscrape_configs: [{job_name: app, static_configs: [{targets: ['127.0.0.1:${app.port}']}]}]\n`
      const started = await startPrometheus({ config })
      host = new URL(started.url).host
      stop = started.stop
      await vi.waitFor(
        async () => {
          const { judgement } = await at('"count_over_time(app_requests_total[5m])" expect all >= 4')
          if (judgement.outcome !== 'pass') throw new Error(judgement.line)
        },
        { timeout: 20_000, interval: 200 },
      )
    }, 60_000)
    afterAll(async () => {
      await stop()
      await app.close()
    })

    const at = (rest: string, more: Record<string, string> = {}) =>
      look(`promql ${URL_OF} ${rest}`, {
        variables: { PROMETHEUS_URL: `http://${host}/`, ...more },
        allowList: allow(host),
      })

    it.each<[string, string, string]>([
      ['"app_small" expect all < 0.1%', 'pass', '0.05%'],
      ['"app_small" expect all < 0.001', 'pass', '0.0005'],
      ['"app_small" expect all < 0.05%', 'fail', '0.05% · wanted < 0.05%'],
      ['"app_error_ratio" expect all < 0.1%', 'fail', '2% app_error_ratio{instance='],
      ['"app_error_ratio" expect any < 0.1%', 'pass', '0.05%'],
      ['"app_error_ratio" expect any > 5%', 'fail', '0.05%'],
      [
        '"app_error_ratio" expect single < 50%',
        'inconclusive',
        '2 series, one was expected · wanted single < 50%',
      ],
      ['"app_error_ratio" expect count == 2', 'pass', '2 series'],
      ['"app_error_ratio" expect count >= 3', 'fail', '2 series · wanted count ≥ 3'],
      ['"app_seconds" expect all < 500ms', 'pass', '250ms'],
      ['"app_seconds * 1000" expect all as ms < 0.2s', 'fail', '0.25s · wanted < 0.2s'],
      ['"app_bytes" expect all <= 1.5MB', 'pass', '1.5MB'],
      ['"scalar(app_small)" expect all < 0.1%', 'pass', '0.05%'],
      ['"app_error_ratio" expect all < 5%, warn all < 0.1%', 'warn', '2% app_error'],
      // No data is never a pass, whatever is compared.
      ['"app_missing" expect all < 1', 'inconclusive', 'no series · wanted < 1'],
      ['"app_missing" expect count == 0', 'inconclusive', 'no series · wanted count 0'],
      ['"app_missing" expect any != 1', 'inconclusive', 'no series'],
      ['"app_none" expect all != 1', 'inconclusive', 'NaN · wanted ≠ 1'],
      ['"app_none < 1 or app_small" expect all < 1', 'pass', '0.0005'],
      ['"{__name__=~\'app_small|app_none\'}" expect all < 1', 'inconclusive', 'NaN'],
      ['"{__name__=~\'app_small|app_none\'}" expect any < 1', 'pass', '0.0005'],
      ['"app_much" expect all > 1', 'inconclusive', '+Inf'],
      ['"app_small / 0 * 0" expect all < 1', 'inconclusive', 'NaN'],
      // What Prometheus does not understand says nothing about the target.
      ['"app_small[5m]" expect all < 1', 'error', 'the query gives a range vector'],
      ['"sum(" expect all < 1', 'error', 'Prometheus answered 400: '],
    ])('%s: %s', async (rest, outcome, line) => {
      const { judgement } = await at(rest)
      expect(judgement.line).toContain(line)
      expect(judgement.outcome).toBe(outcome)
    })

    it('decides nothing with too few samples, not even against the target', async () => {
      const few =
        '"app_error_ratio" expect all < 0.1%, min-samples "sum(increase(app_requests_total[1m]))" >= 1000000000'
      expect((await at(few)).judgement).toMatchObject({
        outcome: 'inconclusive',
        line: expect.stringMatching(/^[\d.]+ samples · wanted ≥ 1000000000 to decide · 1 more$/),
      })
      const enough = few.replace('1000000000', '1')
      expect((await at(enough)).judgement.outcome).toBe('fail')
      const missing = '"app_small" expect all < 1, min-samples "app_missing" >= 1'
      expect((await at(missing)).judgement).toMatchObject({ outcome: 'inconclusive' })
    })

    it('decides nothing with samples that are too old', async () => {
      const young = '"app_small" expect all < 1, fresh "app_small" within 1m'
      expect((await at(young)).judgement.outcome).toBe('pass')
      const gone = '"app_small" expect all < 1, fresh "app_missing" within 1m'
      expect((await at(gone)).judgement).toMatchObject({
        outcome: 'inconclusive',
        line: 'no sample · wanted ≤ 60 s to decide · 1 more',
      })
      const old = '"app_small" expect all < 1, fresh "app_small offset 3s" within 1s'
      expect((await at(old)).judgement.outcome).toBe('inconclusive')
    })

    it('fills in variables, which cannot end their quotes', async () => {
      const text = `"app_error_ratio{pod='$` + `{POD}'}" expect single < 0.1%`
      expect((await at(text, { POD: 'a' })).judgement.outcome).toBe('pass')
      expect((await at(text, { POD: `x' or pod=~'a` })).judgement.line).toContain('no series')
      expect((await at(text)).judgement).toMatchObject({
        outcome: 'error',
        line: expect.stringContaining('POD is not set'),
      })
    })
  },
)

describe('what stands in for Prometheus', () => {
  const at = (url: string, rest: string) =>
    look(`promql ${URL_OF} ${rest}`, {
      variables: { PROMETHEUS_URL: url },
      allowList: allow(new URL(url).host),
    })
  const vector = (more: object, value = '0.5') => ({
    status: 'success',
    data: { resultType: 'vector', result: [{ metric: {}, value: [1, value] }] },
    ...more,
  })

  it('a warning flags the result and is kept, a note is only kept', async () => {
    const { url } = await serve((_request, response) =>
      response.end(JSON.stringify(vector({ warnings: ['one store was away'], infos: ['not a counter'] }))),
    )
    const { observation, judgement } = await at(url, '"x" expect all < 1')
    expect(judgement).toMatchObject({ outcome: 'warn', verdict: 'inconclusive' })
    expect(judgement.line).toBe('warning: Prometheus warns: one store was away · wanted none')
    expect(observation).toMatchObject({ warnings: ['one store was away'], infos: ['not a counter'] })
  })

  it.each<[number, string, string]>([
    [
      503,
      '{"status":"error","errorType":"unavailable","error":"starting"}',
      'Prometheus answered 503: starting',
    ],
    [401, 'no', 'Prometheus answered 401: it wants other credentials'],
    [200, '<html>', 'what answered 200 is not Prometheus; check the address'],
    [502, '{}', 'what answered 502 is not Prometheus; check the address'],
    [
      200,
      '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,5]}]}}',
      'not Prometheus',
    ],
  ])('%i %s is an error, never a fail', async (status, body, line) => {
    const { url } = await serve((_request, response) => response.writeHead(status).end(body))
    const { judgement } = await at(url, '"x" expect all < 1')
    expect(judgement).toMatchObject({ outcome: 'error', verdict: 'inconclusive' })
    expect(judgement.line).toContain(line)
  })

  it('that refuses or stays silent is an error too', async () => {
    expect((await at('http://127.0.0.1:2', '"x" expect all < 1')).judgement).toMatchObject({
      outcome: 'error',
      line: 'connection refused',
    })
    const { url } = await serve(() => undefined)
    expect((await at(url, '"x" expect all < 1, timeout 300ms')).judgement.outcome).toBe('error')
  })

  it('a password in its address is sent, and neither kept nor shown', async () => {
    let said = ''
    const { url } = await serve((request, response) => {
      said = request.headers.authorization ?? ''
      response.writeHead(422).end(
        JSON.stringify({
          status: 'error',
          errorType: 'execution',
          error: 'for hunter2-long and hunter2%2Dlong',
        }),
      )
    })
    const { observation, judgement } = await at(
      url.replace('http://', 'http://bo:hunter2%2Dlong@'),
      '"x" expect all < 1',
    )
    expect(said).toBe(`Basic ${Buffer.from('bo:hunter2-long').toString('base64')}`)
    expect(JSON.stringify([observation, judgement])).not.toMatch(/hunter2|aHVudGVy/)
    expect(judgement.line).toBe('Prometheus answered 422: for ••• and •••')
  })
})
