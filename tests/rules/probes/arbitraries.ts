import fc from 'fast-check'
import { COMPARISONS, type Condition, ORDERINGS } from '#lib/probes/condition.ts'
import type { ProbeConfig } from '#lib/probes/config.ts'
import { canonicalDecimal } from '#lib/probes/decimals.ts'
import { isSendable, METHODS } from '#lib/probes/http-probe.ts'
import { dimensionOf, UNITS } from '#lib/probes/quantities.ts'
import {
  isDirectiveName,
  isHeaderName,
  isHeaderValue,
  isJsonPath,
  isQuotable,
  isUrlTemplate,
} from '#lib/probes/texts.ts'

const level = fc.constantFrom('expect', 'warn')
const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter(isQuotable)
const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,20}$/).filter(isHeaderName)
const status = fc.integer({ min: 100, max: 599 })
const decimal = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat({ max: 9999 }))
  .map(([whole, fraction]) => canonicalDecimal(`${whole}.${fraction}`) ?? '0')
const path = fc.stringMatching(/^[a-z0-9_-]{1,8}(\.[a-z0-9_-]{1,8}){0,3}$/).filter(isJsonPath)
const compare = fc.constantFrom(...COMPARISONS)
const equality = fc.constantFrom('==' as const, '!=' as const)
const unit = fc.constantFrom(null, ...UNITS)

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
)

const url = fc
  .tuple(
    fc.constantFrom('http://a.example', 'https://[::1]:8443', '$' + '{BASE_URL}'),
    fc.stringMatching(/^\/[!-~]{0,20}$/),
  )
  .map(([origin, rest]) => origin + rest)
  .filter(isUrlTemplate)

const redirects = fc.oneof(
  fc.constant({ mode: 'none' as const, max: 0 }),
  fc.record({
    mode: fc.constantFrom('same-host' as const, 'follow' as const),
    max: fc.integer({ min: 1, max: 10 }),
  }),
)

const value = fc.stringMatching(/^[!-~ ]{1,30}$/).filter(isHeaderValue)

/** Arbitrary valid probe configurations. */
export const probeConfigs: fc.Arbitrary<ProbeConfig> = fc
  .record({
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
  })
  .filter(
    (config) =>
      config.conditions.some((condition) => condition.level === 'expect') &&
      (config.method !== 'HEAD' || config.conditions.every(({ on }) => on !== 'body' && on !== 'json')),
  )
