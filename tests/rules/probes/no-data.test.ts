import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ProbeConfig } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import { KINDS, type Kind } from '#lib/probes/kinds.ts'
import { type Look, lookSchema } from '#lib/probes/observation.ts'
import { plainConfigsOf } from './arbitraries.ts'
import { EMPTY_SERVERS } from './empty-servers.ts'
import { ANSWER } from './observations.ts'

const { v, at, connection, phases, error, configHash } = ANSWER
const base = { v, at, connection, configHash, error, phases }
/** How long it took is known of whatever came to an end: of nothing that is a time. */
const TIMES = [null, '12.5'].map((total) => ({ phases: { ...phases, total } }))
const page = { status: 200, httpVersion: '1.1', headers: [], headerNames: [] }
const plain = { bytes: 0, cut: null, encoding: null, sha256: null }

/** A job that says nothing, at a time that nobody can read. */
const SILENT = {
  ...{ name: 'a', receivedAt: 'yesterday', startedAt: null, finishedAt: null, sizeBytes: null },
  ...{ status: null, message: null, pushedBy: 'CI' },
}

const unsaid = { stated: null, counted: null }
const none = { stated: { covered: 0, total: 0 }, counted: null }
const unrated = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }
const scan = { meaning: 'findings', tool: null, counts: unrated, suppressed: 0, disagreements: [], first: [] }
const suites = { meaning: 'tests', suites: 1, time: null, disagreements: [], failures: [] }
/** Reports that say nothing. */
const NOTHING = [
  { ...suites, tests: 0, passed: 0, failed: 0, errored: 0, skipped: 0 },
  { ...suites, tests: 9, passed: 0, failed: 0, errored: 0, skipped: 9 },
  { meaning: 'coverage', files: 0, lines: unsaid, branches: unsaid, functions: unsaid, statements: unsaid },
  { meaning: 'coverage', files: 1, lines: none, branches: none, functions: none, statements: none },
  { ...scan, scanned: 0, unscanned: 0 },
  {
    ...{ meaning: 'components', specVersion: '1.6', components: 0, unpinned: 0, firstUnpinned: [] },
    ...{ vulnerabilities: null, setAside: 0 },
  },
]

function pushed(facts: object) {
  const file = { commit: 'c', digest: 'd', bytes: 1, pushedAt: at, pushedBy: 'CI' }
  return { format: 'junit', name: null, ...file, facts }
}

const emptyHttp = { request: null, response: null, body: null, tls: null, redirects: [] }
const EMPTY_PARTS = ['a', 'b'].map((name) => ({ name, look: { ...base, kind: 'http', ...emptyHttp } }))

/** Attempts of each kind that ended without an error and found nothing, one emptier than the other. */
const EMPTY: Record<Kind, object[]> = {
  http: [emptyHttp],
  tls: [{ starttls: null, handshake: null, versions: [] }],
  promql: [
    null,
    { type: 'vector', total: 0, series: [] },
    ...['NaN', '+Inf', '-Inf', '', 'x'].map(oneSeries),
  ].map((result) => ({
    ...{ request: null, query: null, evaluatedAt: at, status: 200, result, warnings: [], infos: [] },
    ...{ samples: { value: `1${'0'.repeat(15)}` }, newest: { age: '0' } },
  })),
  ...EMPTY_SERVERS,
  metrics: [null, page].map((response) => ({ request: null, response, tls: null, body: null, page: null })),
  websocket: [
    { request: null, tls: null, upgrade: null, messages: [], finds: [], waitedMs: null, end: null },
  ],
  redis: [
    { address: null, tls: null, commands: [], ping: null, stats: null, sample: null },
    {
      ...{ address: null, tls: null, commands: [], ping: null },
      stats: Object.fromEntries(
        ['version', 'role', 'hits', 'misses', 'usedMemory', 'maxMemory', 'evictedKeys', 'clients'].map(
          (name) => [name, null],
        ),
      ),
      sample: { keys: 0, expiring: 0, longestSeconds: null },
    },
  ],
  postgres: [
    {
      ...{ address: null, tls: null, refusal: null, server: null, selected: null },
      ...{ measures: [], settings: [], extensions: [] },
    },
  ],
  delivery: [
    { request: null, response: null, tls: null, plain: null, codings: [], revalidation: null, caches: [] },
    { request: null, response: null, tls: null, plain, codings: [], revalidation: null, caches: [''] },
  ],
  headers: [null, emptyPage('limit')].flatMap((page) =>
    [null, page && { status: 200, httpVersion: '1.1', headers: [], headerNames: [] }].map((response) => ({
      ...{ request: null, response, tls: null, page: response && page, sharing: null },
      plain: page && { address: '', end: 'unknown', why: null, route: [] },
    })),
  ),
  // No part was looked at; and both saw a page that says nothing.
  composite: [[], EMPTY_PARTS].map((parts) => ({ parts })),
  report: [null, ...NOTHING.map(pushed)].map((report) => ({ report })),
  sse: [null, { ...{ first: null, listened: '10', end: 'limit', count: 0 }, events: [], finds: [] }].map(
    (stream) => ({
      ...{ request: null, response: null, tls: null, stream },
    }),
  ),
  redirect: [{ request: null, response: null, leads: null, there: null, tls: null }],
  cors: [{ request: null, own: null, others: [], tls: null }],
  cookies: [null, []].map((cookies) => ({ request: null, response: null, tls: null, cookies })),
  steps: [{ steps: [] }, { steps: [emptyStep(null)] }, { steps: [emptyStep(false), emptyStep(null)] }],
  heartbeat: [null, SILENT, { ...SILENT, name: 'another' }].map((beat) => ({ beat })),
}

/** A page that was not read to its end; one that was, without a single header, is a finding. */
function emptyPage(cut: string) {
  return {
    ...{ url: 'http://a.example/', headers: [], cut, isHtml: true, policies: [], referrer: null },
    ...{ scripts: [], cookies: [], hasBadSameSite: false },
  }
}

function emptyStep(found: boolean | null) {
  return {
    ...{ request: { method: 'GET', url: 'http://a.example/', headers: [] }, sentBody: null, response: null },
    ...{ body: null, tls: null, ms: null, cookies: [] },
    captures: ['token', 'id'].map((name) => ({ name, from: 'json', at: 'a', found, why: null, jwt: null })),
  }
}

function oneSeries(value: string) {
  return { type: 'vector', total: 1, series: [{ labels: '', value }] }
}

/** Who says that there must be none gets what is asked for. */
const asksForNone = ({ kind, conditions }: ProbeConfig) =>
  kind === 'report' && conditions.some((one) => 'op' in one && one.op === '==' && one.value === '0')

/** The parts of a composite under the names of those that were seen, so that they are judged by what they saw. */
function named(config: ProbeConfig): ProbeConfig {
  if (config.kind !== 'composite') return config
  return { ...config, parts: config.parts.map((part, index) => ({ ...part, name: 'abcd'.charAt(index) })) }
}

/** A `count` of one series with a value that is no number is a count all the same. */
const isCount = ({ kind, conditions }: ProbeConfig) =>
  kind === 'promql' && conditions.some(({ on }) => on === 'count')

describe('no data', () => {
  it.each(KINDS)('of %s is never a pass, whatever is asked', (kind) => {
    const looks: Look[] = EMPTY[kind].flatMap((details) =>
      TIMES.map((time) => lookSchema.parse({ ...base, ...time, kind, ...details })),
    )
    const configs = plainConfigsOf(kind).filter((config) => !isCount(config) && !asksForNone(config))
    fc.assert(
      fc.property(configs, fc.constantFrom(...looks), (config, look) => {
        // Of a report with a name there is none here, so that every one is judged by what it says.
        const asked = config.kind === 'report' ? { ...config, name: null } : named(config)
        const { verdict, conditions } = judge({ ...asked, allowWarn: true }, look)
        expect(verdict).not.toBe('pass')
        expect(conditions.length).toBeGreaterThan(0)
      }),
      { numRuns: 150 },
    )
  })

  it('is what every kind is tried with here', () => {
    expect(Object.keys(EMPTY).toSorted()).toEqual([...KINDS].toSorted())
  })
})
