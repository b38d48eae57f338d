import { describe, expect, it } from 'vitest'
import { type Answer, loki, store } from './log-store.ts'
import { allow, look } from './servers.ts'

const ERRORS = 'loki "{app=\\"web\\"} |= \\"error\\"" expect'

describe('a logs probe against a stand-in for Loki', () => {
  it.each<[string | null, string | null, string, string, string]>([
    ['1200', null, 'count == 0', 'pass', '0 lines match'],
    ['1200', '3', 'count <= 5', 'pass', '3 lines match'],
    ['1200', '6', 'count <= 5', 'fail', '6 lines match · wanted ≤ 5'],
    [null, null, 'count == 0', 'inconclusive', 'no lines arrive'],
    [null, '6', 'count <= 5', 'fail', '6 lines match'],
    [null, '3', 'count <= 5', 'inconclusive', 'no lines arrive · wanted ≥ 1 line to decide'],
    ['1200', '3', 'count <= 5, flow "{app=\\"web\\"}" >= 1000', 'pass', '1200 lines arrived'],
    [
      '1200',
      null,
      'count == 0, flow "{app=\\"web\\"}" >= 2000',
      'inconclusive',
      'wanted ≥ 2000 lines to decide',
    ],
    ['1200', null, 'flowing, newest < 5m', 'pass', '1200 lines arrived'],
    ['1200', null, 'newest < 500ms', 'fail', 'newest line 1'],
    [null, null, 'flowing', 'inconclusive', 'no lines arrive'],
    [null, null, 'newest < 5m', 'inconclusive', 'no line in the time looked at'],
    ['1200', null, 'time < 5s', 'pass', '1200 lines arrived'],
    [null, null, 'time < 5s', 'inconclusive', 'no lines arrive · wanted ≥ 1 line to decide'],
    [null, null, 'time < 5s, warn flowing', 'inconclusive', 'no lines arrive'],
    ['NaN', null, 'count == 0', 'error', 'something else than one number'],
  ])('%s lines, %s errors, expect %s: %s', async (lines, errors, asked, outcome, line) => {
    const { at } = await loki(lines, errors)
    const { judgement, observation } = await at(`${ERRORS} ${asked}`)
    expect(judgement).toMatchObject({ outcome })
    expect(judgement.line).toContain(line)
    expect(JSON.stringify(observation)).not.toContain('4711')
  })

  it('asks for the same time, and its own streams where no flow is named', async () => {
    const { at, asked } = await loki('10', null)
    const { observation } = await at(`${ERRORS} count == 0, newest < 5m, within 1h, send x-scope-orgid: shop`)
    const now = BigInt(Date.parse(observation.at)) * 1_000_000n
    expect(asked.map(({ pathname, searchParams }) => [pathname, Object.fromEntries(searchParams)])).toEqual([
      ['/loki/api/v1/query', { query: 'sum(count_over_time({app="web"} [3600s]))', time: `${now}` }],
      [
        '/loki/api/v1/query',
        { query: 'sum(count_over_time({app="web"} |= "error" [3600s]))', time: `${now}` },
      ],
      [
        '/loki/api/v1/query_range',
        {
          ...{ query: '{app="web"}', start: `${now - 3_600_000_000_000n}`, end: `${now}` },
          ...{ limit: '1', direction: 'backward' },
        },
      ],
    ])
  })

  it('a variable cannot end the quotes of a query', async () => {
    const { at, asked } = await loki('10', null)
    await at('loki "{app=\\"$' + '{APP}\\"}" expect count >= 1', { APP: 'a"} or {b="' })
    expect(asked[0]?.searchParams.get('query')).toBe('sum(count_over_time({app="a\\"} or {b=\\""} [900s]))')
  })

  it.each<[Answer, string]>([
    [{ status: 400, body: 'parse error at line 1' }, 'Loki answered 400: parse error at line 1'],
    [{ status: 401, body: 'no org id' }, 'Loki answered 401: it wants other credentials'],
    [{ status: 500, body: 'context deadline exceeded' }, 'Loki answered 500: context deadline exceeded'],
    [{ body: '<html>' }, 'what answered 200 is not Loki; check the address'],
    [
      { body: { status: 'success', data: { resultType: 'matrix', result: [] } } },
      'what answered 200 is not Loki; check the address',
    ],
  ])('%j is an error', async (answer, line) => {
    const { at } = await store(() => answer)
    expect((await at(`${ERRORS} count == 0`)).judgement).toMatchObject({ outcome: 'error', line })
  })

  it('refusing to connect is an error', async () => {
    const { at } = await store(() => ({ body: '' }))
    const { judgement } = await look(`logs http://127.0.0.1:2 ${ERRORS} count == 0`, {
      allowList: allow('127.0.0.1:2'),
    })
    expect(judgement).toMatchObject({ outcome: 'error', line: 'connection refused' })
    expect((await at('json "logs" expect count == 0, at count')).judgement.line).toContain(
      'begins with a slash',
    )
  })
})

describe('a logs probe against a stand-in for Elasticsearch', () => {
  const elastic = (errors: unknown, lines: unknown = { count: 900 }) =>
    store((url) => ({ body: url.search.includes('error') ? errors : lines }))
  const JSON_ERRORS = 'json "/logs-*/_count?q=level:error" expect'
  const FLOW = 'at count, flow "/logs-*/_count?q=*"'

  it.each<[unknown, unknown, string, string, string]>([
    [{ count: 0 }, { count: 900 }, `count == 0, ${FLOW}`, 'pass', '0 lines match'],
    [{ count: 7 }, { count: 900 }, `count <= 5, ${FLOW}`, 'fail', '7 lines match'],
    [{ count: 0 }, { count: 0 }, `count == 0, ${FLOW}`, 'inconclusive', '0 lines arrived'],
    [{ count: 0 }, { count: 900 }, 'count == 0, at count', 'inconclusive', 'nothing shows that lines arrive'],
    [{ count: 7 }, { count: 900 }, 'count <= 5, at count', 'fail', '7 lines match'],
    [{ count: '0' }, { count: 900 }, `count == 0, ${FLOW}`, 'inconclusive', 'no number of lines'],
    [{ count: null }, { count: 900 }, `count == 0, ${FLOW}`, 'inconclusive', 'no number of lines'],
    [
      { hits: { total: { value: 0 } } },
      { hits: { total: { value: 3 } } },
      'count == 0, at hits.total.value, flow "/all"',
      'pass',
      '0 lines',
    ],
    [
      { count: 0, _shards: { failed: 1 } },
      { count: 900 },
      `count == 0, ${FLOW}`,
      'error',
      'only a part of the log store',
    ],
    [
      { count: 0, timed_out: true },
      { count: 900 },
      `count == 0, ${FLOW}`,
      'error',
      'only a part of the log store',
    ],
    ['not json', { count: 900 }, `count == 0, ${FLOW}`, 'error', 'is not JSON'],
    ['{"count":7,"count":0}', { count: 900 }, `count == 0, ${FLOW}`, 'error', 'count stands twice'],
    [{ count: 0, _shards: { failed: 0 } }, { count: 900 }, `count == 0, ${FLOW}`, 'pass', '0 lines match'],
  ])('%j of %j, expect %s: %s', async (errors, lines, asked, outcome, line) => {
    const { at } = await elastic(errors, lines)
    const { judgement } = await at(`${JSON_ERRORS} ${asked}`)
    expect(judgement).toMatchObject({ outcome })
    expect(judgement.line).toContain(line)
  })
})
