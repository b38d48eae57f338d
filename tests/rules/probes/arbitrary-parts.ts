import fc from 'fast-check'
import { isSendable } from '#lib/probes/base-probe.ts'
import type { CheckOf, Form, Forms } from '#lib/probes/checks.ts'
import { COMPARISONS } from '#lib/probes/condition.ts'
import { canonicalDecimal } from '#lib/probes/decimals.ts'
import { dimensionOf, UNITS } from '#lib/probes/quantities.ts'
import { isHeaderName, isHeaderValue, isQuotable, isUrlTemplate } from '#lib/probes/texts.ts'

export const level = fc.constantFrom('expect', 'warn')
export const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter(isQuotable)
export const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,20}$/).filter(isHeaderName)
export const decimal = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat({ max: 9999 }))
  .map(([whole, fraction]) => canonicalDecimal(`${whole}.${fraction}`) ?? '0')
export const compare = fc.constantFrom(...COMPARISONS)
export const unit = fc.constantFrom(null, ...UNITS)

export const url = fc
  .tuple(
    fc.constantFrom('http://a.example', 'https://[::1]:8443', '$' + '{BASE_URL}'),
    fc.stringMatching(/^\/[!-~]{0,20}$/),
  )
  .map(([origin, rest]) => origin + rest)
  .filter(isUrlTemplate)

export const value = fc.stringMatching(/^[!-~ ]{1,30}$/).filter(isHeaderValue)

export const checks = <F extends Forms>(forms: F): fc.Arbitrary<CheckOf<F>> =>
  fc.oneof(
    ...Object.entries(forms).map(([on, form]) =>
      fc.tuple(level, formArbitrary(form)).map(([of, rest]) => ({ level: of, on, ...rest }) as CheckOf<F>),
    ),
  )

function formArbitrary(form: Form): fc.Arbitrary<object> {
  if (form.form === 'flag') return fc.constant({})
  if (form.form === 'which') return fc.record({ name: text, word: fc.constantFrom(...form.of) })
  if (form.form === 'rank') return fc.record({ op: compare, word: fc.constantFrom(...form.of) })
  if (form.form === 'word') return fc.record({ word: fc.constantFrom(...form.of) })
  if (form.form === 'text') return fc.record({ text })
  if (form.form === 'pair') return fc.record({ name: text, text })
  const of = form.unit
  const units = [null, ...UNITS].filter((one) => of === 'any' || dimensionOf(one) === dimensionOf(of))
  const number = { op: compare, value: decimal, unit: fc.constantFrom(...units) }
  return form.form === 'named' ? fc.record({ name: text, ...number }) : fc.record(number)
}

export const base = <Condition extends { level: 'expect' | 'warn' }>(condition: fc.Arbitrary<Condition>) => ({
  v: fc.constant(1 as const),
  conditions: fc
    .array(condition, { minLength: 1, maxLength: 5 })
    .filter((all) => all.some((one) => one.level === 'expect')),
  timeoutMs: fc.integer({ min: 100, max: 30_000 }),
  shelfSeconds: fc.option(fc.integer({ min: 30, max: 2_592_000 })),
  allowWarn: fc.boolean(),
})
export const maxBytes = fc.integer({ min: 1, max: 10_485_760 })
export const headers = fc.uniqueArray(fc.record({ name: name.filter(isSendable), value }), {
  maxLength: 3,
  selector: (header) => header.name,
})
export const variable = (written: string) => `$\{${written}}`
