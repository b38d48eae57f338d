import { describe, expect, it } from 'vitest'
import { COMPARISONS } from '#lib/probes/condition.ts'
import { probeConfigSchema } from '#lib/probes/config.ts'
import { judgeLook } from '#lib/probes/judge-look.ts'
import { judgeOf } from '#lib/probes/judges.ts'
import { grammarOf, PULLED_KINDS, type PulledKind } from '#lib/probes/kinds.ts'
import { type Look, lookSchema } from '#lib/probes/observation.ts'
import { dimensionOf, UNITS } from '#lib/probes/quantities.ts'
import { caseOf } from './judges/case.ts'
import { JUDGE_CASES } from './judges/table.ts'

/** What stands where a number should: nothing, no number, another type. The schema may refuse it as well. */
const NO_VALUE = [
  ...[null, undefined, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true, [], {}],
  ...['', ' ', 'NaN', '+Inf', '-Inf', 'Infinity', 'null', 'x', '1e999999', '0x10', '1,5', '--1'],
]

/** Every place of a look that holds a number, or could; `set` gives the look with another value there. */
function placesOf(value: unknown, set: (to: unknown) => unknown): ((to: unknown) => unknown)[] {
  if (Array.isArray(value))
    return value.flatMap((one, index) => placesOf(one, (to) => set(value.with(index, to))))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, one]) =>
      placesOf(one, (to) => set({ ...value, [name]: to })),
    )
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
  return isNumber ? [set] : []
}

/** Every list and object of a look emptied or taken away, each alone. */
function emptied(value: unknown, set: (to: unknown) => unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const own = Array.isArray(value) ? [set([]), set(null)] : [set(null)]
  const below = Object.entries(value).flatMap(([name, one]) =>
    emptied(one, (to) => set(Array.isArray(value) ? value.with(Number(name), to) : { ...value, [name]: to })),
  )
  return [...own, ...below]
}

/** Without the example that stands behind some numbers. */
const plain = (observed: string) => observed.replace(/, such as .*$/, '')

type Asked = { kind: PulledKind; on: string; op: string; condition: object; config: object; look: Look }

/** Each number that an example compares, asked with every operator, as far as the grammar has it and the good look passes. */
function askedOf(kind: PulledKind): Asked[] {
  const cases = JUDGE_CASES[kind]
  const seen = new Set<string>()
  return (cases?.rows ?? []).flatMap((row) => {
    if (cases === undefined) return []
    const { config, look } = caseOf(cases, row)
    return config.conditions
      .filter((one) => 'op' in one)
      .flatMap((one) =>
        COMPARISONS.map((op) => {
          const condition = { ...one, level: 'expect', op }
          return { kind, on: one.on, op, condition, config: { ...config, conditions: [condition] }, look }
        }),
      )
      .filter(({ config: changed, on, op, condition }) => {
        const key = JSON.stringify([on, op, condition, row[1]])
        if (seen.has(key)) return false
        seen.add(key)
        return grammarOf(kind).schema.safeParse(changed).success
      })
  })
}

function judged({ kind, config, condition }: Asked, look: Look) {
  const parsed = probeConfigSchema.parse(config)
  const all = judgeOf(kind).conditions(parsed, look)
  const own = JSON.stringify(condition)
  const text = grammarOf(kind).printCondition(parsed.conditions[0] ?? JSON.parse(own))
  return { parsed, one: all.find((each) => each.text.endsWith(text) && !each.text.endsWith('(implied)')) }
}

const TRIED = PULLED_KINDS.filter((kind) => JUDGE_CASES[kind] !== undefined)

describe('a number that is none', () => {
  it.each(TRIED)('of %s never fulfils a condition, with any operator', (kind) => {
    // Of several series any good one is enough, whatever the others are.
    const passing = askedOf(kind).filter(
      (asked) => asked.on !== 'any' && judged(asked, asked.look).one?.result === 'true',
    )
    const bad = new Set<string>()
    const operators = new Set<string>()
    for (const asked of passing) {
      const good = judged(asked, asked.look).one
      operators.add(asked.op)
      const looks = [
        ...placesOf(asked.look, (to) => to).flatMap((set) => NO_VALUE.map(set)),
        // Of what is counted none is a measured 0.
        ...(asked.on === 'count' ? [] : emptied(asked.look, (to) => to)),
      ]
      for (const changed of looks) {
        const look = lookSchema.safeParse(changed)
        // What is no observation cannot be stored, and so cannot pass.
        if (!look.success) continue
        const { parsed, one } = judged(asked, look.data)
        if (one === undefined || plain(one.observed) === plain(good?.observed ?? '')) continue
        if (one.result === 'true' || judgeLook(parsed, look.data).verdict === 'pass')
          bad.add(`${one.text}: ${good?.observed} became ${one.observed}`)
      }
    }
    expect([...bad]).toEqual([])
    expect(passing.length).toBeGreaterThan(0)
    expect(operators.size).toBeGreaterThan(2)
  })

  it.each(TRIED)(
    'of %s in another unit is refused where it is written and unknown where it is seen',
    (kind) => {
      const others = askedOf(kind).flatMap((asked) =>
        'unit' in asked.condition && 'value' in asked.condition
          ? UNITS.filter((unit) => {
              const own = (asked.condition as { unit: (typeof UNITS)[number] | null }).unit
              return dimensionOf(unit) !== dimensionOf(own)
            }).map((unit) => ({ asked, unit }))
          : [],
      )
      const taken = others.filter(({ asked, unit }) => {
        const condition = { ...asked.condition, unit }
        return grammarOf(kind).schema.safeParse({ ...asked.config, conditions: [condition] }).success
      })
      // Only a condition on any dimension may be written in another; then what is seen has to say so.
      for (const { asked, unit } of taken) {
        const condition = { ...asked.condition, unit }
        const { one } = judged(
          { ...asked, condition, config: { ...asked.config, conditions: [condition] } },
          asked.look,
        )
        expect(one?.text).toContain(unit)
      }
    },
  )
})
