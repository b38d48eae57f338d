import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { judgedLooks } from '#lib/probes/judged-looks.ts'
import type { WindowObservation } from '#lib/probes/observation.ts'
import type { ForgeObservation } from '#lib/probes/observations/forge.ts'
import { shown } from '#lib/probes/shown.ts'
import { shownCondition } from '#lib/probes/shown-condition.ts'
import { looksOf } from '#lib/runs/replay.ts'
import { ANSWER, answerWith, probeOf } from './observations.ts'

const condition = (text: string, observed: string, wanted: string) =>
  shownCondition({ level: 'expect', text, observed, wanted, result: 'true' })

describe('a condition in a table', () => {
  it('says a place once', () => {
    expect(condition('step 1 of 2, “a: b”: status == 200', 'step 1 of 2, “a: b”: status 200', '200')).toEqual(
      {
        text: 'step 1 of 2, “a: b”: status == 200',
        seen: 'status 200',
        wanted: null,
      },
    )
    expect(condition('agree', '192.0.2.1: NOERROR', 'agree').seen).toBe('192.0.2.1: NOERROR')
  })

  it.each([
    ['days-left >= 14', '≥ 14', null],
    ['time < 500ms', '< 500ms', null],
    ['status in (401, 403)', 'one of 401, 403', 'one of 401, 403'],
    ['open (implied)', 'an event stream', 'an event stream'],
  ])('%s with %s', (text, wanted, left) => {
    expect(condition(text, 'seen', wanted).wanted).toBe(left)
  })
})

describe('a window', () => {
  const config = probeOf('expect status == 200, window 2 of 3 every 10s failures 1')
  const { v, at, connection, phases, error } = ANSWER
  const windowOf = (...samples: WindowObservation['samples']): WindowObservation => ({
    ...{ v, at, connection, phases, error, samples },
    ...{ kind: 'window', configHash: '0'.repeat(64) },
  })
  const seen = windowOf(answerWith({ status: 503 }), answerWith({}), answerWith({}))

  it('says of each look what it came to, and has those before the last one whole behind it', () => {
    const looks = looksOf({ config, observation: JSON.parse(JSON.stringify(seen)) })
    const { facts, parts = [] } = shown(seen, looks)
    expect(facts.slice(0, 3)).toEqual([
      { term: 'Look 1', text: expect.stringMatching(/, fail: status 503 · wanted 200/) },
      { term: 'Look 2', text: expect.stringMatching(/, pass: status 200 · 12.5 ms$/) },
      { term: 'Look 3', text: expect.stringMatching(/, pass: status 200 · 12.5 ms$/) },
    ])
    expect(parts.map(({ title }) => title)).toEqual(['Look 1 whole, fail', 'Look 2 whole, pass'])
    const [first] = parts
    expect(first?.isFolded).toBe(true)
    expect(first?.conditions).toMatchObject([
      { text: 'status == 200', observed: 'status 503', result: 'false' },
    ])
    expect(first?.facts.map(({ term }) => term)).toEqual(
      expect.arrayContaining(['Address', 'Request', 'Timings']),
    )
    expect(first?.blocks.map(({ label }) => label)).toContain('Request as a curl command, look 1')
  })

  it('of a composite has the parts of each look', () => {
    const part = { name: 'api', look: answerWith({ status: 503 }) }
    const whole = { v, at, phases, error, connection: null, configHash: '0'.repeat(64) }
    const one = { ...whole, kind: 'composite' as const, parts: [part] }
    const parsed = parseProbe(
      'composite need all, window 2 of 2 every 1s part api http http://a/ expect status == 200 part other http http://b/ expect status == 200',
    )
    if (!parsed.ok) throw new Error(parsed.problem.message)
    const twice = windowOf(one, one)
    const { parts = [] } = shown(twice, judgedLooks(parsed.config, twice))
    expect(parts.map(({ title }) => title)).toEqual(['Look 1 whole, fail', 'Part “api”, http'])
    expect(parts[0]?.parts?.map(({ title }) => title)).toEqual(['Part “api”, http, look 1'])
    expect(parts[0]?.conditions?.map(({ text }) => text)).toContain('"api" status == 200')
  })

  it('that cannot be judged any more still says when it looked', () => {
    expect(looksOf({ config: { kind: 'gone' }, observation: seen })).toEqual([])
    expect(looksOf({ config, observation: ANSWER })).toEqual([])
    expect(shown(seen).facts[0]?.text).toMatch(/, 12.5 ms$/)
  })
})

const address = (connection: Partial<NonNullable<(typeof ANSWER)['connection']>>) =>
  shown({
    ...ANSWER,
    connection: {
      host: 'app.example.com',
      port: 443,
      addresses: ['192.0.2.1'],
      used: '192.0.2.1',
      allowedBy: 'app.example.com:443',
      ...connection,
    },
  }).facts.find(({ term }) => term === 'Address')?.text

describe('the address of an observation', () => {
  it.each([
    [{}, 'app.example.com:443 at 192.0.2.1'],
    [{ host: '192.0.2.1', allowedBy: '192.0.2.1:443' }, '192.0.2.1:443'],
    [{ host: '::1', addresses: ['::1'], used: '::1', allowedBy: '[::1]:443' }, '[::1]:443'],
    [
      { addresses: ['192.0.2.1', '192.0.2.2'], allowedBy: '*.example.com' },
      'app.example.com:443 at 192.0.2.1, of 192.0.2.1, 192.0.2.2; allowed by *.example.com',
    ],
    [{ used: null, allowedBy: null }, 'app.example.com:443, none reached of 192.0.2.1'],
    [{ used: null, allowedBy: null, addresses: [] }, 'app.example.com:443, not asked'],
  ])('of %j is %s', (connection, text) => {
    expect(address(connection)).toBe(text)
  })
})

describe('what a forge said', () => {
  const report = { name: 'build', state: 'success', said: 'success' } as const
  const forge = (required: ForgeObservation['required']) =>
    shown({
      ...{
        v: 1,
        at: ANSWER.at,
        configHash: ANSWER.configHash,
        connection: null,
        phases: ANSWER.phases,
        error: null,
      },
      ...{
        kind: 'forge',
        forge: 'github',
        repository: 'acme/web',
        commit: 'c',
        tls: null,
        requests: [],
        found: 1,
      },
      pull: {
        ...{
          number: 7,
          state: 'open',
          draft: false,
          author: 'ana',
          head: 'c',
          mergeable: true,
          mergeSaid: 'clean',
        },
        ...{ into: 'main', url: 'https://github.test/7' },
      },
      reviews: [
        {
          ...{ by: 'bo', state: 'approved', atHead: true, discounted: null },
          ...{ at: '2026-11-26T10:00:00Z', url: 'https://github.test/7#1' },
        },
      ],
      checks: null,
      totals: { reviews: 1, checks: 0 },
      ...(required === undefined ? {} : { required }),
    } satisfies ForgeObservation)

  it('shows which checks are required by which rule, who reported them and when, with a link', () => {
    const rule = 'ruleset 42'
    const { facts } = forge({
      checks: {
        ...{ of: 'main', unread: ['the branch protection of main (answered 403)'], headIsSame: true },
        wanted: [
          { name: 'build', app: 1, rule },
          { name: 'lint', app: null, rule },
          { name: 'e2e', app: null, rule },
        ],
        reports: [
          {
            ...report,
            app: { id: 1, name: 'GitHub Actions' },
            at: '2026-11-26T09:00:00Z',
            url: 'https://github.test/1',
          },
          { ...report, app: { id: 2, name: 'Jenkins' }, url: 'javascript:alert(1)' },
          { name: 'lint', state: 'neutral', said: 'skipped', ofHead: true },
        ],
      },
      reviews: {
        ...{ of: 'main', unread: [], owners: true, lastPush: true, pushedBy: null },
        rules: [{ name: rule, count: 2, met: false }],
      },
    })
    const said = facts.map(({ term, text, href }) => [term, text, href])
    expect(said).toEqual(
      expect.arrayContaining([
        ['Pull request', '7, open, by ana, into main', 'https://github.test/7'],
        ['bo', 'approved, 2026-11-26 10:00:00 UTC', 'https://github.test/7#1'],
        ['Required approvals', '2 by ruleset 42, not met, by code owners, after the last push', undefined],
        [
          'Required check 1',
          'build: success, by GitHub Actions, 2026-11-26 09:00:00 UTC; ruleset 42',
          'https://github.test/1',
        ],
        [
          'Required check 2',
          'build: success, by Jenkins, not the program that has to; ruleset 42',
          undefined,
        ],
        ['Required check 3', 'lint: skipped, for the last commit of the request; ruleset 42', undefined],
        ['Required check 4', 'e2e: has not reported; ruleset 42', undefined],
        ['Could not be read', 'the branch protection of main (answered 403)', undefined],
      ]),
    )
  })

  it('shows that nothing is required, and of many the first as facts', () => {
    const none = { of: 'main', unread: [], wanted: [], reports: [], headIsSame: null }
    const rules = { of: 'main', unread: [], rules: [], owners: false, lastPush: false, pushedBy: null }
    const texts = forge({ checks: none, reviews: rules }).facts.map(({ term, text }) => `${term}: ${text}`)
    expect(texts).toEqual(
      expect.arrayContaining(['Required checks: none by main', 'Required approvals: none by main']),
    )
    const wanted = Array.from({ length: 22 }, (_one, nth) => ({ name: `job ${nth}`, app: null, rule: 'r' }))
    const { facts, blocks } = forge({ checks: { ...none, wanted }, reviews: null })
    expect(facts.filter(({ term }) => term.startsWith('Required check'))).toHaveLength(20)
    expect(blocks[0]).toMatchObject({ summary: 'More required checks (2)', code: 'job 20: r\njob 21: r' })
  })
})
