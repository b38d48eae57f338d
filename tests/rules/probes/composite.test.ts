import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { askedOf, type ConfigOf, probeConfigSchema, shelfSecondsOf, variablesOf } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import { lookSchema } from '#lib/probes/observation.ts'
import { printProbe } from '#lib/probes/print.ts'
import { shown } from '#lib/probes/shown.ts'
import { ANSWER, answerWith } from './observations.ts'

const A = 'part "a" http http://a.example/ expect status == 200'
const B = 'part "b" redis redis://b.example expect ping'

function composite(text: string): ConfigOf<'composite'> {
  const parsed = parseProbe(`composite ${text}`)
  if (!parsed.ok) throw new Error(`${parsed.problem.message} at ${parsed.problem.offset} of ${text}`)
  if (parsed.config.kind !== 'composite') throw new Error(parsed.config.kind)
  return parsed.config
}

describe('a composite', () => {
  it('is read with its parts, each a probe of its kind under the whole’s deadline', () => {
    const config = composite(`need weight 2, timeout 10s, allow warn, if-set A
      ${A}, header server absent, ca ${'$'}{CORP_CA}
      part b weight 2 veto redis ${'$'}{REDIS_URL} expect ping, min-operations 5`)
    expect(config).toMatchObject({
      url: 'http://a.example/',
      timeoutMs: 10_000,
      allowWarn: true,
      ifSet: ['A'],
      conditions: [{ on: 'weight', least: 2 }],
      parts: [
        {
          name: 'a',
          weight: 1,
          veto: false,
          probe: { kind: 'http', timeoutMs: 10_000, authorities: 'CORP_CA' },
        },
        { name: 'b', weight: 2, veto: true, probe: { kind: 'redis', minOperations: 5, timeoutMs: 10_000 } },
      ],
    })
    expect(printProbe(config)).toBe(
      `composite need weight 2 timeout 10s, allow warn, if-set A, ${A}, header server absent, ca ${'$'}{CORP_CA}, part "b" weight 2 veto redis ${'$'}{REDIS_URL} expect ping, min-operations 5`,
    )
    expect(variablesOf(config)).toEqual(['CORP_CA', 'REDIS_URL'])
    expect(askedOf(config)).toEqual(['CORP_CA', 'REDIS_URL', 'A'])
  })

  it('asks for the variables of all parts, and has one shelf life', () => {
    const config = composite(`need all ${A} part b promql ${'$'}{PROM}/x "up" expect all == 1`)
    expect(variablesOf(config)).toEqual(['PROM'])
    expect(shelfSecondsOf(config)).toBe(900)
    expect(shelfSecondsOf(composite(`need all, shelf 1h ${A} ${B}`))).toBe(3600)
  })

  it.each<[string, number, string, string | null]>([
    [`${A} ${B}`, 10, '"part" is not known here', null],
    [`need most ${A} ${B}`, 15, '"most" is not known here', null],
    [`need 0 ${A} ${B}`, 15, 'this must be a whole number from 1 to 10', null],
    [`need all ${A}`, 71, 'a composite has at least two parts', null],
    [`need 3 ${A} ${B}`, 114, 'more is needed than all parts are worth', null],
    [`need weight 3 ${A} ${B}`, 121, 'more is needed than all parts are worth', null],
    [`need all ${A} ${A}`, 77, 'there is a part "a" already', null],
    [`need all expect status == 200 ${A}`, 25, 'what is expected stands in the parts', null],
    [
      `need all part a weight 2 http http://a/ expect status == 200 ${B}`,
      26,
      'weights count only with "need weight N"',
      'leave out the weight',
    ],
    [
      `need all ${A}, window 2 of 3 every 10s ${B}`,
      73,
      '"window" is said of the whole, before its first part',
      'move it before the first part',
    ],
    [
      `need all ${A} timeout 3s ${B}`,
      72,
      '"timeout" is said of the whole, before its first part',
      'move it before the first part',
    ],
    [
      `need all part a composite need all ${A} ${B}`,
      26,
      'a part looks by itself, so it is no composite',
      null,
    ],
    [
      `need all part a report tests expect failed == 0 ${B}`,
      26,
      'a part looks by itself, so it is no report',
      null,
    ],
    [
      `need all part a htpp http://a/ expect status == 200 ${B}`,
      26,
      '"htpp" is not known here',
      'write http',
    ],
    [
      `need all part a http http://a/ ${B}`,
      41,
      'the probe says nothing to expect, so it would prove nothing',
      'add: expect status == 200',
    ],
    [`need all, ca ${'$'}{CORP_CA} ${A} ${B}`, 20, '"ca" is not known here', null],
    [
      `need all part ${'x'.repeat(61)} http http://a/ expect status == 200 ${B}`,
      24,
      'a name has at most 60 characters',
      null,
    ],
    [
      `need all ${Array.from({ length: 11 }, (_, index) => A.replace('"a"', `p${index}`)).join(' ')}`,
      544,
      'a composite has at most 10 parts',
      null,
    ],
  ])('%s: what is wrong', (text, offset, message, fix) => {
    const parsed = parseProbe(`composite ${text}`)
    expect(parsed).toMatchObject({ ok: false, problem: { message, fix } })
    if (!parsed.ok) expect([text, parsed.problem.offset]).toEqual([text, offset])
  })

  it.each<[string, (config: ConfigOf<'composite'>) => object]>([
    ['another address', (config) => ({ ...config, url: 'http://b/' })],
    [
      'a part with a window',
      (config) =>
        withPart(config, {
          window: { need: 1, samples: 2, everySeconds: 1, maxFailures: 0, maxInconclusive: 1 },
        }),
    ],
    ['a part with retries', (config) => withPart(config, { retries: 2 })],
    ['a part with a shelf life', (config) => withPart(config, { shelfSeconds: 60 })],
    ['a part that is repeated', (config) => withPart(config, { everySeconds: 60 })],
    ['a part in the shadow', (config) => withPart(config, { shadow: true })],
    ['a part that may be left out', (config) => withPart(config, { ifSet: ['A'] })],
    ['a part that allows warnings', (config) => withPart(config, { allowWarn: true })],
    ['a part with a deadline of its own', (config) => withPart(config, { timeoutMs: 100 })],
    [
      'two parts of one name',
      (config) => ({ ...config, parts: config.parts.map((part) => ({ ...part, name: 'a' })) }),
    ],
    [
      'weights for nothing',
      (config) => ({ ...config, parts: config.parts.map((part) => ({ ...part, weight: 2 })) }),
    ],
    ['two needs', (config) => ({ ...config, conditions: [...config.conditions, ...config.conditions] })],
    ['authorities', (config) => ({ ...config, authorities: 'CA' })],
    ['one part', (config) => ({ ...config, parts: config.parts.slice(0, 1) })],
  ])('is not stored with %s', (_, changed) => {
    const config = composite(`need all ${A} ${B}`)
    expect(probeConfigSchema.safeParse(config).success).toBe(true)
    expect(probeConfigSchema.safeParse(changed(config)).success).toBe(false)
  })

  it('decides exactly where the undecided parts could not change it', () => {
    const part = fc.record({
      truth: fc.constantFrom('pass', 'fail', 'open'),
      weight: fc.integer({ min: 1, max: 4 }),
      veto: fc.boolean(),
    })
    const parts = fc.array(part, { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(parts, fc.constantFrom('all', 'any', 'parts', 'weight'), fc.nat(), (given, on, random) => {
        const each = given.map((one) => ({ ...one, weight: on === 'weight' ? one.weight : 1 }))
        const total = each.reduce((sum, { weight }) => sum + weight, 0)
        const least = on === 'all' ? total : on === 'any' ? 1 : 1 + (random % total)
        // Every way in which the open ones could have ended, by counting alone.
        const ends = [...Array(2 ** each.length).keys()].map((bits) => {
          const passes = each.map(({ truth }, index) =>
            truth === 'open' ? (bits >> index) % 2 === 1 : truth === 'pass',
          )
          const sum = each.reduce((worth, { weight }, index) => worth + (passes[index] ? weight : 0), 0)
          return sum >= least && each.every(({ veto }, index) => !veto || passes[index])
        })
        const wanted = ends.every((end) => end) ? 'pass' : ends.some((end) => end) ? 'inconclusive' : 'fail'
        const need = on === 'all' || on === 'any' ? on : on === 'parts' ? String(least) : `weight ${least}`
        if (on === 'parts' && least > 10) return
        const text = each.map(
          ({ weight, veto }, index) =>
            `part p${index} ${on === 'weight' ? `weight ${weight} ` : ''}${veto ? 'veto ' : ''}http http://a.example/ expect status == 200`,
        )
        const looks = each.map(({ truth }, index) => ({ name: `p${index}`, look: LOOKS[truth] }))
        const { verdict } = judge(composite(`need ${need} ${text.join(' ')}`), seen(looks))
        expect(verdict).toBe(wanted)
      }),
      { numRuns: 500 },
    )
  })

  it('shows the facts of every part under its name', () => {
    const { facts, parts = [] } = shown(
      seen([
        { name: 'api', look: ANSWER },
        { name: 'page', look: LOOKS.open },
      ]),
    )
    expect(facts.map(({ term }) => term)).toEqual(['Timings'])
    expect(parts.map(({ title }) => title)).toEqual(['Part “api”, http', 'Part “page”, http'])
    const [api, page] = parts
    expect(api?.facts.map(({ term }) => term)).toEqual(
      expect.arrayContaining(['Address', 'Request', 'Timings']),
    )
    expect(api?.blocks.map(({ summary }) => summary)).toContain('The same request by hand')
    expect(page?.facts[0]).toEqual({ term: 'Error', text: 'no address' })
  })
})

const LOOKS = {
  pass: ANSWER,
  fail: answerWith({ status: 500 }),
  open: { ...ANSWER, response: null, error: { kind: 'dns' as const, message: 'no address' } },
}

function seen(parts: { name: string; look: object }[]) {
  const { v, at, configHash, phases } = ANSWER
  return lookSchema.parse({
    v,
    kind: 'composite',
    at,
    configHash,
    connection: null,
    phases,
    error: null,
    parts,
  })
}

function withPart(config: ConfigOf<'composite'>, more: object): object {
  return { ...config, parts: config.parts.map((part) => ({ ...part, probe: { ...part.probe, ...more } })) }
}
