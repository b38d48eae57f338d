import fc from 'fast-check'
import { isSendable } from '#lib/probes/base-probe.ts'
import { AGE_UNITS, type Condition, HTTP_VERSIONS, MATCHES, ORDERINGS } from '#lib/probes/condition.ts'
import type { ProbeConfig, PulledConfig } from '#lib/probes/config.ts'
import { type ConnectionOption, connectionOptionsOf } from '#lib/probes/connection-options.ts'
import { FAMILIES, type HttpProbe, METHODS } from '#lib/probes/http-probe.ts'
import { compositeProbeSchema } from '#lib/probes/kinds/composite.ts'
import { COOKIES_FORMS } from '#lib/probes/kinds/cookies.ts'
import { CORS_FORMS, CORS_METHODS } from '#lib/probes/kinds/cors.ts'
import { DELIVERY_FORMS } from '#lib/probes/kinds/delivery.ts'
import { HEADERS_FORMS } from '#lib/probes/kinds/headers.ts'
import { HEARTBEAT_FORMS } from '#lib/probes/kinds/heartbeat.ts'
import { METRICS_FORMS } from '#lib/probes/kinds/metrics.ts'
import { POSTGRES_FORMS } from '#lib/probes/kinds/postgres.ts'
import { SERIES_RULES } from '#lib/probes/kinds/promql.ts'
import { REDIRECT_FORMS } from '#lib/probes/kinds/redirect.ts'
import { REDIS_FORMS } from '#lib/probes/kinds/redis.ts'
import { REPORT_FORMS } from '#lib/probes/kinds/report.ts'
import { SSE_FORMS } from '#lib/probes/kinds/sse.ts'
import { stepsProbeSchema } from '#lib/probes/kinds/steps.ts'
import { STARTTLS, TLS_FORMS } from '#lib/probes/kinds/tls.ts'
import { WEBSOCKET_FORMS } from '#lib/probes/kinds/websocket.ts'
import type { Kind, PulledKind } from '#lib/probes/kinds.ts'
import { literalPattern } from '#lib/probes/pattern-syntax.ts'
import { dimensionOf } from '#lib/probes/quantities.ts'
import { usualRetries } from '#lib/probes/retries.ts'
import { JWT_TIMES, STEP_METHODS } from '#lib/probes/step.ts'
import { isDirectiveName, isJsonPath } from '#lib/probes/texts.ts'
import { SERVER_PROBES } from './arbitraries-servers.ts'
import {
  base,
  checks,
  compare,
  decimal,
  headers,
  level,
  maxBytes,
  name,
  text,
  unit,
  url,
  value,
  variable,
} from './arbitrary-parts.ts'

const status = fc.integer({ min: 100, max: 599 })
const path = fc.stringMatching(/^[a-z0-9_-]{1,8}(\.[a-z0-9_-]{1,8}){0,3}$/).filter(isJsonPath)
const pattern = fc.oneof(
  fc.constantFrom('(?i)error', '^[a-z]{2,5}$', '\\bok\\b|done', 'a > b\\.'),
  text.map(literalPattern),
)
const hostName = fc.constantFrom('app.example.com', '$' + '{APP_HOST}', 'a.$' + '{ZONE}', 'localhost')
/** What a probe says of its connections beside its authorities. */
const named = {
  sni: hostName,
  client: fc.constant({ certificate: 'CLIENT_CERT', key: 'CLIENT_KEY' }),
}
const equality = fc.constantFrom('==' as const, '!=' as const)
const json = fc.oneof(
  fc.record({ path, op: equality, operand: fc.record({ type: fc.constant('text' as const), text }) }),
  fc.record({
    path,
    op: equality,
    operand: fc.record({ type: fc.constant('boolean' as const), boolean: fc.boolean() }),
  }),
)
const jsonNumber = fc
  .tuple(path, compare, decimal, unit, unit)
  .filter(([, , , declared, written]) => dimensionOf(declared) === dimensionOf(written))

/** One arbitrary valid condition of every kind. */
export const conditions: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ level, on: fc.constant('status' as const), op: compare, value: status }),
  fc.record({
    level,
    on: fc.constant('status_in' as const),
    values: fc.array(status, { minLength: 1, maxLength: 5 }),
  }),
  fc.record({
    level,
    on: fc.constant('header' as const),
    name,
    op: fc.constantFrom('==' as const, '!=' as const, 'contains' as const, 'lacks' as const),
    value: text,
  }),
  fc.record({
    level,
    on: fc.constant('header_in' as const),
    name,
    values: fc.array(text, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ level, on: fc.constant('header_presence' as const), name, present: fc.boolean() }),
  fc.record({
    level,
    on: fc.constant('directive' as const),
    header: name,
    name: fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/).filter(isDirectiveName),
    op: compare,
    value: decimal,
  }),
  fc.record({
    level,
    on: fc.constant('body' as const),
    op: fc.constantFrom('contains' as const, 'lacks' as const),
    value: text,
  }),
  fc.tuple(level, json).map(([of, rest]) => ({ level: of, on: 'json' as const, unit: null, ...rest })),
  fc.tuple(level, jsonNumber).map(([of, [where, op, value, declared, written]]) => ({
    level: of,
    on: 'json' as const,
    path: where,
    unit: declared,
    op,
    operand: { type: 'number' as const, value, unit: written },
  })),
  fc.record({
    level,
    on: fc.constant('time' as const),
    op: fc.constantFrom(...ORDERINGS),
    value: decimal,
    unit: fc.constantFrom('ms' as const, 's' as const),
  }),
  fc.record({
    level,
    on: fc.constant('header_match' as const),
    name,
    op: fc.constantFrom(...MATCHES),
    pattern,
  }),
  fc.record({ level, on: fc.constant('body_match' as const), op: fc.constantFrom(...MATCHES), pattern }),
  fc.record({
    level,
    on: fc.constant('http_version' as const),
    op: compare,
    value: fc.constantFrom(...HTTP_VERSIONS),
  }),
  fc.record({ level, on: fc.constant('tls' as const), used: fc.boolean() }),
  fc.record({
    level,
    on: fc.constant('final_url' as const),
    op: fc.constantFrom('==' as const, '!=' as const, 'contains' as const, 'lacks' as const),
    value: text,
  }),
  fc.record({
    level,
    on: fc.constant('header_age' as const),
    name,
    op: fc.constantFrom(...ORDERINGS),
    value: decimal,
    unit: fc.constantFrom(...AGE_UNITS),
  }),
)

const redirects = fc.oneof(
  fc.constant({ mode: 'none' as const, max: 0 }),
  fc.record({
    mode: fc.constantFrom('same-host' as const, 'follow' as const),
    max: fc.integer({ min: 1, max: 10 }),
  }),
)

/** Arbitrary valid HTTP probe configurations. */
export const httpProbes: fc.Arbitrary<HttpProbe> = fc
  .record(
    {
      v: fc.constant(1 as const),
      kind: fc.constant('http' as const),
      method: fc.constantFrom(...METHODS),
      url,
      headers: fc.uniqueArray(fc.record({ name: name.filter(isSendable), value }), {
        maxLength: 4,
        selector: (header) => header.name,
      }),
      conditions: fc.array(conditions, { minLength: 1, maxLength: 6 }),
      timeoutMs: fc.integer({ min: 100, max: 30_000 }),
      redirects,
      maxBytes: fc.integer({ min: 1, max: 10_485_760 }),
      shelfSeconds: fc.option(fc.integer({ min: 30, max: 2_592_000 })),
      allowWarn: fc.boolean(),
      family: fc.constantFrom(...FAMILIES),
      host: hostName,
      http1: fc.constant(true as const),
    },
    {
      requiredKeys: [
        'v',
        'kind',
        'method',
        'url',
        'headers',
        'conditions',
        'timeoutMs',
        'redirects',
        'maxBytes',
        'shelfSeconds',
        'allowWarn',
      ],
    },
  )
  .filter(
    (config) =>
      config.conditions.some((condition) => condition.level === 'expect') &&
      (config.method !== 'HEAD' ||
        config.conditions.every(({ on }) => on !== 'body' && on !== 'body_match' && on !== 'json')),
  )

const window = fc
  .record({
    need: fc.integer({ min: 1, max: 20 }),
    samples: fc.integer({ min: 2, max: 20 }),
    everySeconds: fc.integer({ min: 1, max: 300 }),
    maxFailures: fc.integer({ min: 0, max: 20 }),
    maxInconclusive: fc.integer({ min: 0, max: 20 }),
  })
  .filter((one) => one.need <= one.samples && (one.samples - 1) * one.everySeconds <= 600)

const tlsProbes = fc.record({
  // Only versions that there are can be written.
  ...base(checks(TLS_FORMS).map((check) => (check.on === 'version' ? { ...check, value: '1.2' } : check))),
  kind: fc.constant('tls' as const),
  url: fc.constantFrom(
    variable('BASE_URL'),
    'https://a.example/x',
    'a.example:8443',
    '[::1]:443',
    variable('HOST'),
  ),
  starttls: fc.option(fc.constantFrom(...STARTTLS)),
})
const promqlCondition = fc
  .record({
    level,
    on: fc.constantFrom(...SERIES_RULES),
    as: unit,
    op: compare,
    value: decimal,
    unit,
  })
  .filter((one) => dimensionOf(one.as) === dimensionOf(one.unit) && (one.on !== 'count' || one.unit === null))
const promqlProbes = fc.record({
  ...base(promqlCondition),
  kind: fc.constant('promql' as const),
  url,
  query: text,
  headers,
  minSamples: fc.option(fc.record({ query: text, least: fc.integer({ min: 1, max: 1e12 }) })),
  fresh: fc.option(fc.record({ selector: text, withinSeconds: fc.integer({ min: 1, max: 86_400 }) })),
})
const metricsProbes = fc.record({
  ...base(checks(METRICS_FORMS)),
  kind: fc.constant('metrics' as const),
  url,
  headers,
  maxBytes,
})
const websocketProbes = fc
  .record({
    ...base(checks(WEBSOCKET_FORMS)),
    kind: fc.constant('websocket' as const),
    url: fc.constantFrom('wss://a.example/ws', `${variable('BASE_URL')}/ws`),
    headers,
    messages: fc.array(text, { maxLength: 3 }),
  })
  .filter(({ conditions: all }) => all.every((one) => one.on !== 'subprotocol' || /^[a-z]+$/i.test(one.text)))
const redisProbes = fc.record({
  ...base(checks(REDIS_FORMS)),
  kind: fc.constant('redis' as const),
  url: fc.constantFrom(variable('REDIS_URL'), 'rediss://cache.example:6380/2'),
  minOperations: fc.integer({ min: 1, max: 1e12 }),
})
const postgresProbes = fc.record({
  ...base(checks(POSTGRES_FORMS)),
  kind: fc.constant('postgres' as const),
  url: fc.constantFrom(variable('DATABASE_URL_PROBE'), 'postgres://db.example/app?sslmode=require'),
})
const deliveryProbes = fc
  .record({
    ...base(checks(DELIVERY_FORMS)),
    kind: fc.constant('delivery' as const),
    url,
    headers,
    maxBytes,
  })
  .filter(({ headers: sent }) =>
    sent.every(
      (one) => one.name !== 'accept-encoding' && !one.name.startsWith('if-') && one.name !== 'range',
    ),
  )

const reportName = fc.stringMatching(/^[A-Za-z](?:[ !-~]{0,20}[A-Za-z])?$/)
const reportOf = <M extends keyof typeof REPORT_FORMS>(meaning: M) => {
  const { timeoutMs: _, ...pushed } = base(checks<(typeof REPORT_FORMS)[M]>(REPORT_FORMS[meaning]))
  const kind = fc.constant('report' as const)
  return fc.record({ ...pushed, kind, meaning: fc.constant(meaning), name: fc.option(reportName) })
}
const reportProbes = fc.oneof(
  reportOf('tests'),
  reportOf('coverage'),
  reportOf('findings'),
  reportOf('components'),
)

const sseProbes = fc.record({
  ...base(checks(SSE_FORMS)),
  kind: fc.constant('sse' as const),
  url,
  headers,
})
const redirectProbes = fc.record({
  ...base(checks(REDIRECT_FORMS)),
  kind: fc.constant('redirect' as const),
  url,
  headers,
})
const corsProbes = fc.record({
  ...base(checks(CORS_FORMS)),
  kind: fc.constant('cors' as const),
  url,
  origin: fc.constantFrom('https://app.example', `${variable('APP_URL')}`),
  verb: fc.constantFrom(...CORS_METHODS),
  asks: fc.array(name, { maxLength: 3 }),
  headers,
})
const cookiesProbes = fc.record({
  ...base(checks(COOKIES_FORMS)),
  kind: fc.constant('cookies' as const),
  url,
  headers,
})
const headersProbes = fc.record({
  ...base(checks(HEADERS_FORMS)),
  kind: fc.constant('headers' as const),
  url,
  headers,
  plain: fc.constantFrom(null, 'none', 'http://a.example:8080/', variable('PLAIN_URL')),
  maxBytes,
})

const jwtConditions = fc.oneof(
  fc.record({
    level,
    on: fc.constant('jwt' as const),
    name: fc.constantFrom('token', 'id'),
    time: fc.constantFrom(...JWT_TIMES),
    op: compare,
    value: decimal,
    unit: fc.constantFrom('ms' as const, 's' as const, 'm' as const, 'h' as const, 'd' as const),
  }),
  fc.record({
    level,
    on: fc.constant('jwt_alg' as const),
    name: fc.constant('token'),
    op: equality,
    value: text,
  }),
)
const fieldName = fc.stringMatching(/^[a-z][\w.[\]-]{0,10}$/)
const step = fc.record({
  name: fc.option(text),
  method: fc.constantFrom(...STEP_METHODS),
  url: fc.constantFrom('/login', '/claims/$' + '{id}?x=1', `${variable('BASE_URL')}/a`, 'https://a.example/'),
  headers,
  body: fc.oneof(
    fc.constant(null),
    fc.record({ as: fc.constant('text' as const), text }),
    fc.record({
      as: fc.constant('fields' as const),
      fields: fc.array(fc.record({ name: fieldName, value: text }), { minLength: 1, maxLength: 3 }),
    }),
  ),
  withoutCookies: fc.boolean(),
  waitMs: fc.constantFrom(0, 0, 100, 1500),
  captures: fc.constant([]),
  maxBytes,
})
/** The first step captures what the others use. */
const stepsProbes = fc
  .record({
    ...base(fc.oneof(conditions, jwtConditions)),
    kind: fc.constant('steps' as const),
    url,
    steps: fc.array(step, { minLength: 1, maxLength: 3 }),
  })
  .map(({ steps: [first, ...rest], conditions: asked, ...probe }) => ({
    ...probe,
    conditions: asked.map((one) => ({ ...one, step: 1 + (rest.length > 0 && one.on === 'time' ? 1 : 0) })),
    steps: [
      {
        ...(first ?? { url: '' }),
        url: '/start',
        captures: [
          { name: 'token', from: 'json' as const, at: 'access_token' },
          { name: 'id', from: 'header' as const, at: 'x-id' },
        ],
      },
      ...rest,
    ],
  }))
  .map((probe) => ({ ...probe, conditions: probe.conditions.toSorted((a, b) => a.step - b.step) }))
  .filter((probe) => stepsProbeSchema.safeParse(probe).success)
  .map((probe) => stepsProbeSchema.parse(probe))
const { timeoutMs: _, ...silentBase } = base(checks<typeof HEARTBEAT_FORMS>(HEARTBEAT_FORMS))
const young = { level: 'expect', on: 'age', op: '<', value: '1', unit: 'd' } as const
/** Each limits the age, as every heartbeat must. */
const heartbeatProbes = fc
  .record({
    ...silentBase,
    kind: fc.constant('heartbeat' as const),
    name: fc.stringMatching(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,20}[A-Za-z0-9])?$/),
  })
  .map((config) => ({ ...config, conditions: [...config.conditions.slice(0, 10), young] }))

const takes = (config: PulledConfig, option: ConnectionOption) => connectionOptionsOf(config).includes(option)

/** Arbitrary valid configurations of the kinds that look, with and without a window. */
const whole = (of: fc.Arbitrary<PulledConfig>): fc.Arbitrary<ProbeConfig> =>
  fc
    .tuple(
      of,
      fc.option(window),
      fc.record(
        {
          retries: fc.integer({ min: 0, max: 3 }),
          everySeconds: fc.integer({ min: 60, max: 86_400 }),
          authorities: fc.constant('CORP_CA'),
          ...named,
          shadow: fc.constant(true as const),
          ifSet: fc.uniqueArray(fc.constantFrom('A', 'CI_REPORTS', 'B_2'), { maxLength: 3 }),
        },
        { requiredKeys: [] },
      ),
    )
    .filter(
      ([config, , { authorities, sni, client }]) =>
        (authorities === undefined || takes(config, 'ca')) &&
        (sni === undefined || takes(config, 'sni')) &&
        (client === undefined || takes(config, 'client-cert')),
    )
    .map(([config, looks, { retries, ...more }]) => {
      const done = { ...config, ...more, ...(looks === null ? {} : { window: looks }) }
      // What is usual is never stored.
      return retries === undefined || retries === usualRetries(done) ? done : { ...done, retries }
    })

/** With and without another name for the service that is asked. */
const maybeNamed = <Config extends PulledConfig>(of: fc.Arbitrary<Config>): fc.Arbitrary<Config> =>
  fc.tuple(of, fc.option(hostName)).map(([config, host]) => (host === null ? config : { ...config, host }))

const PULLED: Record<PulledKind, fc.Arbitrary<PulledConfig>> = {
  http: httpProbes,
  tls: tlsProbes,
  promql: promqlProbes,
  metrics: metricsProbes,
  websocket: websocketProbes,
  redis: redisProbes,
  postgres: postgresProbes,
  delivery: maybeNamed(deliveryProbes),
  headers: maybeNamed(headersProbes),
  redirect: maybeNamed(redirectProbes),
  cors: maybeNamed(corsProbes),
  sse: maybeNamed(sseProbes),
  cookies: maybeNamed(cookiesProbes),
  steps: maybeNamed(stepsProbes),
  ...SERVER_PROBES,
}
const needs = fc.oneof(
  fc.record({ level: fc.constant('expect' as const), on: fc.constantFrom('all' as const, 'any' as const) }),
  fc.record({
    level: fc.constant('expect' as const),
    on: fc.constantFrom('parts' as const, 'weight' as const),
    least: fc.integer({ min: 1, max: 6 }),
  }),
)
/** Parts have none of the clauses that are the whole's. */
const compositeProbes: fc.Arbitrary<ProbeConfig> = fc
  .tuple(
    fc.uniqueArray(
      fc.record({
        name: text,
        weight: fc.integer({ min: 1, max: 5 }),
        veto: fc.boolean(),
        probe: fc.oneof(...Object.values(PULLED)),
        authorities: fc.option(fc.constant('CORP_CA')),
        terms: fc.record(named, { requiredKeys: [] }),
      }),
      { minLength: 2, maxLength: 4, selector: (part) => part.name },
    ),
    needs,
    fc.record({ ...base(fc.constant({ level: 'expect' as const })) }),
  )
  .map(([parts, need, { conditions: _, ...common }]) => {
    const each = parts.map(({ probe, authorities, terms, weight, ...part }) => ({
      ...part,
      weight: need.on === 'weight' ? weight : 1,
      probe: {
        ...probe,
        ...{ timeoutMs: common.timeoutMs, shelfSeconds: null, allowWarn: false },
        ...(authorities === null || !takes(probe, 'ca') ? {} : { authorities }),
        ...(takes(probe, 'sni') ? terms : {}),
      },
    }))
    const kind = 'composite' as const
    return { ...common, kind, url: each[0]?.probe.url ?? '', conditions: [need], parts: each }
  })
  .filter((probe) => compositeProbeSchema.safeParse(probe).success)
  .map((probe) => compositeProbeSchema.parse(probe))

const ARBITRARIES: Record<Kind, fc.Arbitrary<ProbeConfig>> = {
  ...PULLED,
  composite: compositeProbes,
  report: reportProbes,
  heartbeat: heartbeatProbes,
}

/** Arbitrary valid configurations of one kind without its clauses of all kinds: to filter them out of all would throw most away. */
export function plainConfigsOf(kind: Kind): fc.Arbitrary<ProbeConfig> {
  return ARBITRARIES[kind]
}

/** Arbitrary valid probe configurations of every kind. */
export const probeConfigs: fc.Arbitrary<ProbeConfig> = fc.oneof(
  { weight: 8, arbitrary: whole(fc.oneof(...Object.values(PULLED))) },
  { weight: 1, arbitrary: reportProbes },
  { weight: 2, arbitrary: compositeProbes },
  { weight: 1, arbitrary: heartbeatProbes },
)
