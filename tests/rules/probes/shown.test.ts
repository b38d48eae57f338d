import { describe, expect, it } from 'vitest'
import type { ForgeObservation } from '#lib/probes/observations/forge.ts'
import { shown } from '#lib/probes/shown.ts'
import { shownCondition } from '#lib/probes/shown-condition.ts'
import { ANSWER } from './observations.ts'

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
