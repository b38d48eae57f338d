import { z } from 'zod'
import { COMPARISONS, type Comparison } from './condition.ts'
import { choice, quantity, text } from './condition-grammar.ts'
import { isCanonicalDecimal } from './decimals.ts'
import { withTimeUnit } from './meant.ts'
import { printQuantity, quote } from './print-text.ts'
import { dimensionOf, type Quantity, UNITS, type Unit } from './quantities.ts'
import type { Scanner } from './scanner.ts'
import { isQuotable } from './texts.ts'

/**
 * What a condition of a kind may say about one of its subjects: nothing more (`trusted`), a number in the dimension of
 * `unit` (`hit-rate > 90%`), one of a few words (`refuses 1.0`), a place among words from
 * the worst to the best (`grade >= B`), one of a few words about what is named (`cookie "sid" secure`), a text (`family "up"`), a name with its value, or a name with a
 * number (`threshold "HighErrors" <= 1%`) of one dimension or of any.
 */
export type Form =
  | { form: 'flag' }
  | { form: 'number'; unit: Unit | null }
  | { form: 'word'; of: readonly string[] }
  | { form: 'rank'; of: readonly string[] }
  | { form: 'which'; of: readonly string[] }
  | { form: 'text' }
  | { form: 'pair' }
  | { form: 'named'; unit: Unit | null | 'any' }
export type Forms = Readonly<Record<string, Form>>
export type Level = 'expect' | 'warn'

type Filled<F extends Form> = F extends { form: 'number' }
  ? { op: Comparison } & Quantity
  : F extends { form: 'word'; of: readonly (infer Word)[] }
    ? { word: Word }
    : F extends { form: 'which'; of: readonly (infer Word)[] }
      ? { name: string; word: Word }
      : F extends { form: 'rank'; of: readonly (infer Word)[] }
        ? { op: Comparison; word: Word }
        : F extends { form: 'text' }
          ? { text: string }
          : F extends { form: 'pair' }
            ? { name: string; text: string }
            : F extends { form: 'named' }
              ? { name: string; op: Comparison } & Quantity
              : unknown

/** The conditions that a table of forms allows. */
export type CheckOf<F extends Forms> = {
  [On in keyof F & string]: { level: Level; on: On } & Filled<F[On]>
}[keyof F & string]
/** Any condition of any such table, as far as its form is not known. */
export type AnyCheck = { level: Level; on: string } & Partial<
  { op: Comparison } & Quantity & { word: string; text: string; name: string }
>

export const FLAG = { form: 'flag' } as const
export const TEXT = { form: 'text' } as const
export const PAIR = { form: 'pair' } as const
export const number = (unit: Unit | null) => ({ form: 'number', unit }) as const
export const named = (unit: Unit | null | 'any') => ({ form: 'named', unit }) as const
export const word = <const Words extends readonly string[]>(...of: Words) => ({ form: 'word', of }) as const

export const which = <const Words extends readonly string[]>(...of: Words) => ({ form: 'which', of }) as const
export const rank = <const Words extends readonly string[]>(...of: Words) => ({ form: 'rank', of }) as const

const quotable = z.string().refine(isQuotable)

function fieldsOf(form: Form): z.ZodRawShape {
  switch (form.form) {
    case 'flag':
      return {}
    case 'number':
    case 'named':
      return {
        ...(form.form === 'named' ? { name: quotable } : {}),
        op: z.enum(COMPARISONS),
        value: z.string().max(40).refine(isCanonicalDecimal),
        unit: z
          .enum(UNITS)
          .nullable()
          .refine(
            (unit) => form.unit === 'any' || dimensionOf(unit) === dimensionOf(form.unit),
            'both sides must measure the same thing',
          ),
      }
    case 'word':
      return { word: z.enum([...form.of]) }
    case 'which':
      return { name: quotable, word: z.enum([...form.of]) }
    case 'rank':
      return { op: z.enum(COMPARISONS), word: z.enum([...form.of]) }
    case 'text':
      return { text: quotable }
    case 'pair':
      return { name: quotable, text: quotable }
  }
}

/** The schema of the conditions that `forms` allows: closed, canonical, JSON-safe. */
export function checkSchema<F extends Forms>(forms: F): z.ZodType<CheckOf<F>> {
  const [first, ...rest] = Object.entries(forms).map(([on, form]) =>
    z.strictObject({ level: z.enum(['expect', 'warn']), on: z.literal(on), ...fieldsOf(form) }),
  )
  if (first === undefined) throw new TypeError('a kind has at least one condition')
  // Built from a table, so its type is given by the same table.
  return z.discriminatedUnion('on', [first, ...rest]) as unknown as z.ZodType<CheckOf<F>>
}

const EXAMPLES = { time: '500ms', ratio: '90%', bytes: '10MiB', plain: '14' } as const

/** Reads one condition without its `expect` or `warn`. */
export function readCheck<F extends Forms>(
  scanner: Scanner,
  { level, forms }: { level: Level; forms: F },
): CheckOf<F> {
  const on = choice(scanner, Object.keys(forms), 'what to look at')
  const form = forms[on] ?? FLAG
  return { level, on, ...filled(scanner, { on, form }) } as unknown as CheckOf<F>
}

function filled(scanner: Scanner, { on, form }: { on: string; form: Form }): Omit<AnyCheck, 'level' | 'on'> {
  switch (form.form) {
    case 'flag':
      return {}
    case 'word':
      return { word: choice(scanner, form.of, `what ${on} is`) }
    case 'which': {
      const name = text(scanner)
      return { name, word: choice(scanner, form.of, `what ${on} is`) }
    }
    case 'rank': {
      const op = choice(scanner, COMPARISONS, 'a comparison')
      return { op, word: choice(scanner, form.of, `what ${on} is`) }
    }
    case 'text':
      return { text: text(scanner) }
    case 'pair': {
      const name = text(scanner)
      choice(scanner, ['=='] as const, 'a comparison')
      return { name, text: text(scanner) }
    }
    case 'named': {
      const name = text(scanner)
      return { name, ...compared(scanner, { on, unit: form.unit }) }
    }
    case 'number':
      return compared(scanner, { on, unit: form.unit })
  }
}

function compared(
  scanner: Scanner,
  { on, unit: wanted }: { on: string; unit: Unit | null | 'any' },
): { op: Comparison } & Quantity {
  const op = choice(scanner, COMPARISONS, 'a comparison')
  scanner.skipBlanks()
  const offset = scanner.offset
  const { value, unit } = quantity(scanner)
  if (wanted === 'any') return { op, value, unit }
  const dimension = dimensionOf(wanted)
  if (dimensionOf(unit) !== dimension)
    scanner.fail({
      offset,
      message: dimension === null ? `${on} is a plain number` : `${on} needs a unit of ${dimension}`,
      expected: [EXAMPLES[dimension ?? 'plain']],
      fix: `write ${dimension === 'time' && unit === null ? withTimeUnit(value) : `${value}${wanted ?? ''}`}`,
    })
  return { op, value, unit }
}

/** One condition without its level, as it stands in the template and on screen. */
export function printCheck({ on, op, value, unit, word: said, name, text: written }: AnyCheck): string {
  if (op !== undefined && value !== undefined)
    return `${on}${name === undefined ? '' : ` ${quote(name)}`} ${op} ${printQuantity({ value, unit: unit ?? null })}`
  if (said !== undefined)
    return [on, ...(name === undefined ? [] : [quote(name)]), ...(op === undefined ? [] : [op]), said].join(
      ' ',
    )
  if (name !== undefined) return `${on} ${quote(name)} == ${quote(written ?? '')}`
  return written === undefined ? on : `${on} ${quote(written)}`
}
