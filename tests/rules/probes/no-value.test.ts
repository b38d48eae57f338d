import { describe, expect, it } from 'vitest'
import { COMPARISONS } from '#lib/probes/condition.ts'
import { type ProbeConfig, probeConfigSchema } from '#lib/probes/config.ts'
import { judgeLook } from '#lib/probes/judge-look.ts'
import { judgeOf } from '#lib/probes/judges.ts'
import { grammarOf, KINDS, type Kind } from '#lib/probes/kinds.ts'
import { type Look, lookSchema } from '#lib/probes/observation.ts'
import { dimensionOf, UNITS, type Unit } from '#lib/probes/quantities.ts'
import { caseOf } from './judges/case.ts'
import { JUDGE_CASES } from './judges/table.ts'

/** What stands where a number should: nothing, no number, another type. The schema may refuse it as well. */
const NO_VALUE = [
  ...[null, undefined, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true, [], {}],
  ...['', ' ', 'NaN', '+Inf', '-Inf', 'Infinity', 'null', 'x', '1e999999', '1e400', '0x10', '1,5', '--1'],
]

/** Another look: where it differs, and in what. */
type Change<Seen = unknown> = { path: string; to: unknown; look: Seen }
type Place = { path: string; set: (to: unknown) => unknown }

function below({ path, set }: Place, value: object): { one: unknown; place: Place }[] {
  return Object.entries(value).map(([name, one]) => ({
    one,
    place: {
      path: path === '' ? name : `${path}.${name}`,
      set: (to) => set(Array.isArray(value) ? value.with(Number(name), to) : { ...value, [name]: to }),
    },
  }))
}

/** Every number of a look, and every text that could be one, changed into what is none. */
function withoutNumbers(value: unknown, place: Place): Change[] {
  if (typeof value === 'object' && value !== null)
    return below(place, value).flatMap((each) => withoutNumbers(each.one, each.place))
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
  return isNumber ? NO_VALUE.map((to) => ({ path: place.path, to, look: place.set(to) })) : []
}

/** Every list and object of a look emptied or taken away, each alone. */
function emptied(value: unknown, place: Place): Change[] {
  if (typeof value !== 'object' || value === null) return []
  const own = (Array.isArray(value) ? [[], null] : [null]).map((to) => ({
    path: place.path,
    to,
    look: place.set(to),
  }))
  return [...own, ...below(place, value).flatMap((each) => emptied(each.one, each.place))]
}

const CHANGES = new Map<Look, (Change<Look> & { isEmptied: boolean })[]>()

/** Every change that is an observation still; what is none cannot be stored, and so cannot pass. */
function changesOf(look: Look) {
  const known = CHANGES.get(look)
  if (known !== undefined) return known
  const whole: Place = { path: '', set: (to) => to }
  const all = [
    ...withoutNumbers(look, whole).map((change) => ({ ...change, isEmptied: false })),
    ...emptied(look, whole).map((change) => ({ ...change, isEmptied: true })),
  ]
  const left = all.flatMap((change) => {
    const parsed = lookSchema.safeParse(change.look)
    return parsed.success ? [{ ...change, look: parsed.data }] : []
  })
  CHANGES.set(look, left)
  return left
}

/** What is measured all the same, by kind and condition: where, and why. */
const MEASURED: Readonly<Record<string, { where: RegExp; to?: unknown; why: string }>> = {
  'dns answers': { where: /\.answers(\.|$)/, why: 'the server says how many there are; these are shown' },
  'headers grade': { where: /^page\.headers$/, why: 'a page that sends no headers gets its grade for that' },
  'headers score': { where: /^page\.headers$/, why: 'the same' },
  'report lines': {
    where: /\.lines\.(stated|counted)$/,
    to: null,
    why: 'many a file has only one of the two',
  },
  'report failed': { where: /\.failures(\.|$)/, why: 'their names are only shown' },
  'report unpinned': { where: /\.firstUnpinned(\.|$)/, why: 'the same' },
  'report critical': { where: /\.tools(\.|$)/, why: 'the tools are only named by it' },
  'report high': { where: /\.tools(\.|$)/, why: 'the same' },
  'logs count': { where: /^count\.value$/, to: null, why: 'Loki leaves out what it counts none of' },
}

function isMeasured({ kind, on }: Asked, { path, to }: Change): boolean {
  const known = MEASURED[`${kind} ${on}`]
  return known?.where.test(path) === true && (!('to' in known) || known.to === to)
}

/** Without the example that stands behind some numbers. */
const plain = (observed: string) => observed.replace(/, such as .*$/, '')

type Condition = { level: 'expect' | 'warn'; on: string; unit?: Unit | null; value?: unknown }
type Asked = { kind: Kind; on: string; op: string; condition: Condition; config: ProbeConfig; look: Look }

/** Each number that an example compares, asked with every operator, as far as the grammar has it and the good look passes. */
function askedOf(kind: Kind): Asked[] {
  const cases = JUDGE_CASES[kind]
  const seen = new Set<string>()
  return cases.rows.flatMap((row) => {
    const { config, look } = caseOf(cases, row)
    return config.conditions
      .filter((one) => 'op' in one)
      .flatMap((one) =>
        COMPARISONS.flatMap((op) => {
          const condition = { ...one, level: 'expect' as const, op }
          // A kind may demand another condition beside it.
          return [[condition], [condition, ...config.conditions]]
            .flatMap((conditions) => probeConfigSchema.safeParse({ ...config, conditions }).data ?? [])
            .slice(0, 1)
            .map((changed) => ({ kind, on: one.on, op, condition, config: changed, look }))
        }),
      )
      .filter(({ on, op, condition }) => {
        const key = JSON.stringify([on, op, condition, row[1]])
        if (seen.has(key)) return false
        seen.add(key)
        return true
      })
  })
}

function judged({ kind, config, condition }: Asked, look: Look) {
  const text = grammarOf(kind).printCondition(condition)
  const all = judgeOf(kind).conditions(config, look)
  return all.find((each) => each.text.endsWith(text) && !each.text.endsWith('(implied)'))
}

/** A composite compares no number of its own: its parts are judged by the judges of their kinds. */
const COMPARING = KINDS.filter((kind) => kind !== 'composite')

describe('a number that is none', () => {
  it.each(COMPARING)('of %s never fulfils a condition, with any operator', (kind) => {
    // Of several series any good one is enough, whatever the others are.
    const passing = askedOf(kind).filter(
      (asked) => asked.on !== 'any' && judged(asked, asked.look)?.result === 'true',
    )
    const bad = new Set<string>()
    const operators = new Set<string>()
    for (const asked of passing) {
      const good = judged(asked, asked.look)
      operators.add(asked.op)
      for (const change of changesOf(asked.look)) {
        // Of what is counted none is a measured 0.
        if (isMeasured(asked, change) || (asked.on === 'count' && change.isEmptied)) continue
        const one = judged(asked, change.look)
        if (one === undefined || plain(one.observed) === plain(good?.observed ?? '')) continue
        if (one.result === 'true' || judgeLook(asked.config, change.look).verdict === 'pass')
          bad.add(`${one.text}: ${good?.observed} became ${one.observed}`)
      }
    }
    expect([...bad]).toEqual([])
    expect(passing.length).toBeGreaterThan(0)
    expect(operators.size).toBeGreaterThan(2)
  })

  it.each(COMPARING)(
    'of %s in another unit is refused where it is written and unknown where it is seen',
    (kind) => {
      for (const asked of askedOf(kind)) {
        const { unit: own, value } = asked.condition
        if (own === undefined || value === undefined) continue
        for (const unit of UNITS.filter((one) => dimensionOf(one) !== dimensionOf(own))) {
          const condition = { ...asked.condition, unit }
          const config = probeConfigSchema.safeParse({ ...asked.config, conditions: [condition] }).data
          // Only a condition on any dimension may be written in another; then what is seen has to say so.
          if (config !== undefined)
            expect(judged({ ...asked, condition, config }, asked.look)?.text).toContain(unit)
        }
      }
    },
  )
})
