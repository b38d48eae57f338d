import { COMPARISONS, type Condition, type JsonOperand, MATCHES, ORDERINGS } from './condition.ts'
import { canonicalDecimal } from './decimals.ts'
import { meantPath, meantUnit, meantWord, withTimeUnit } from './meant.ts'
import { readPattern } from './pattern-syntax.ts'
import { dimensionOf, isUnit, type Quantity, UNITS, type Unit } from './quantities.ts'
import type { Scanner } from './scanner.ts'
import { isDirectiveName, isHeaderName, isJsonPath, isQuotable, LONGEST_TEXT } from './texts.ts'

const SUBJECTS = ['status', 'header', 'body', 'json', 'time'] as const
type Level = Condition['level']

/** `status == 200`, `header x-frame-options == "DENY"`, … : one condition, without its `expect` or `warn`. */
export function plainCondition(scanner: Scanner, level: Level): Condition {
  const subject = choice(scanner, SUBJECTS, 'what to look at')
  if (subject === 'status') return statusCondition(scanner, level)
  if (subject === 'header') return headerCondition(scanner, level)
  if (subject === 'json') return jsonCondition(scanner, level)
  if (subject === 'time') return timeCondition(scanner, level)
  const op = choice(scanner, ['contains', 'lacks', ...MATCHES] as const, 'how to look at the body')
  if (op === 'matches' || op === 'not-matches')
    return { level, on: 'body_match', op, pattern: pattern(scanner) }
  return { level, on: 'body', op, value: text(scanner) }
}

/** Takes the next word, which must be one of `known`; names the likely one otherwise. */
export function choice<Word extends string>(scanner: Scanner, known: readonly Word[], what: string): Word {
  const written = scanner.peekWord()
  const found = known.find((word) => word === written)
  if (found !== undefined) {
    scanner.word()
    return found
  }
  const meant = meantWord(written, known)
  return scanner.fail({
    message: written === '' ? `${what} is missing` : `"${written.slice(0, 40)}" is not known here`,
    expected: [...known],
    fix: meant === null ? null : `write ${meant}`,
  })
}

/** A text in quotes, or a bare word. */
export function text(scanner: Scanner): string {
  scanner.skipBlanks()
  const offset = scanner.offset
  const value = scanner.isAtQuote() ? scanner.quoted() : scanner.word()
  if (!isQuotable(value))
    scanner.fail({
      offset,
      message:
        value === ''
          ? 'a text is missing'
          : `a text is 1 to ${LONGEST_TEXT} characters, none of them a control character`,
      expected: ['"text"'],
    })
  return value
}

/** An expression of RE2; what is wrong with one is said at its place. */
export function pattern(scanner: Scanner): string {
  scanner.skipBlanks()
  const { offset } = scanner
  const written = text(scanner)
  const read = readPattern(written)
  if (!read.ok)
    scanner.fail({
      offset,
      message: `this is not an expression of RE2: at its character ${read.offset + 1}, ${read.message}`,
      expected: ['"(?i)error"'],
    })
  return written
}

function statusCondition(scanner: Scanner, level: Level): Condition {
  const op = choice(scanner, [...COMPARISONS, 'in'] as const, 'a comparison')
  if (op === 'in') return { level, on: 'status_in', values: list(scanner, () => statusCode(scanner)) }
  return { level, on: 'status', op, value: statusCode(scanner) }
}

function statusCode(scanner: Scanner): number {
  scanner.skipBlanks()
  const offset = scanner.offset
  const word = scanner.word()
  if (!/^[1-5]\d\d$/.test(word))
    scanner.fail({
      offset,
      message: 'an HTTP status is a number from 100 to 599',
      expected: ['200'],
      fix: /^[1-5]\d\d;$/.test(word) ? `write ${word.slice(0, 3)},` : 'write 200',
    })
  return Number(word)
}

function headerCondition(scanner: Scanner, level: Level): Condition {
  scanner.skipBlanks()
  const offset = scanner.offset
  const name = scanner.word().toLowerCase()
  if (!isHeaderName(name))
    scanner.fail({ offset, message: 'a header name is missing', expected: ['x-frame-options'] })
  const verbs = ['==', '!=', 'contains', 'lacks', ...MATCHES, 'in', 'present', 'absent'] as const
  const written = scanner.peekWord()
  const directive = written.toLowerCase()
  if (isDirectiveName(directive) && !verbs.some((verb) => verb === directive)) {
    scanner.word()
    const meant = meantWord(directive, verbs)
    if (!COMPARISONS.some((comparison) => comparison === scanner.peekWord()))
      scanner.fail({
        message: `after the directive "${directive}" comes a comparison`,
        expected: [...COMPARISONS],
        fix: meant === null ? `write ${directive} >= 1` : `write ${meant}`,
      })
    const op = choice(scanner, COMPARISONS, 'a comparison')
    const at = scanner.offset
    const { value, unit } = quantity(scanner)
    if (unit !== null)
      scanner.fail({ offset: at, message: 'a directive is a plain number', expected: ['31536000'] })
    return { level, on: 'directive', header: name, name: directive, op, value }
  }
  const op = choice(scanner, verbs, 'what to ask of the header')
  if (op === 'present' || op === 'absent')
    return { level, on: 'header_presence', name, present: op === 'present' }
  if (op === 'in') return { level, on: 'header_in', name, values: list(scanner, () => text(scanner)) }
  if (op === 'matches' || op === 'not-matches')
    return { level, on: 'header_match', name, op, pattern: pattern(scanner) }
  return { level, on: 'header', name, op, value: text(scanner) }
}

function jsonCondition(scanner: Scanner, level: Level): Condition {
  scanner.skipBlanks()
  const offset = scanner.offset
  const path = scanner.word()
  if (!isJsonPath(path))
    scanner.fail({
      offset,
      message: path === '' ? 'a path into the JSON body is missing' : 'this is no path into a JSON body',
      expected: ['status', 'checks.db.ok', 'items.0.id'],
      fix: isJsonPath(meantPath(path)) ? `write ${meantPath(path)}` : null,
    })
  let unit: Unit | null = null
  if (scanner.peekWord() === 'as') {
    scanner.word()
    unit = choice(scanner, UNITS, 'a unit')
  }
  const at = scanner.offset
  const op = choice(scanner, COMPARISONS, 'a comparison')
  const operand = jsonOperand(scanner)
  if (operand.type !== 'number' && op !== '==' && op !== '!=')
    scanner.fail({
      offset: at,
      message: 'only numbers have an order',
      expected: ['==', '!='],
      fix: 'write ==',
    })
  const same = operand.type === 'number' ? dimensionOf(unit) === dimensionOf(operand.unit) : unit === null
  if (!same)
    scanner.fail({
      offset: at,
      message: 'both sides must measure the same thing',
      expected: ['json PATH as UNIT < NUMBER UNIT'],
      fix: `say what the body's number measures: json ${path} as %`,
    })
  return { level, on: 'json', path, unit, op, operand }
}

function jsonOperand(scanner: Scanner): JsonOperand {
  if (scanner.isAtQuote()) return { type: 'text', text: text(scanner) }
  const word = scanner.peekWord()
  if (word === 'true' || word === 'false') {
    scanner.word()
    return { type: 'boolean', boolean: word === 'true' }
  }
  if (/^[a-z_]/i.test(word))
    scanner.fail({
      message: 'a text that JSON is compared with stands in quotes',
      expected: ['"ok"', '42', 'true'],
      fix: `write "${word}"`,
    })
  return { type: 'number', ...quantity(scanner) }
}

function timeCondition(scanner: Scanner, level: Level): Condition {
  const op = choice(scanner, ORDERINGS, 'a comparison')
  const offset = scanner.offset
  const { value, unit } = quantity(scanner)
  if (unit !== 'ms' && unit !== 's')
    return scanner.fail({
      offset,
      message: 'a time needs its unit',
      expected: ['500ms', '2s'],
      fix: `write ${withTimeUnit(value)}`,
    })
  return { level, on: 'time', op, value, unit }
}

/** `0.1%`, `500ms`, `42`: a decimal with its unit, written together or with a blank between. */
export function quantity(scanner: Scanner): Quantity {
  scanner.skipBlanks()
  const offset = scanner.offset
  const word = scanner.word()
  const match = /^([+-]?\d{1,20}(?:\.\d{1,15})?)(.{0,8})$/.exec(word)
  const value = canonicalDecimal((match?.[1] ?? '').replace('+', ''))
  if (match === null || value === null)
    return scanner.fail({ offset, message: 'a number is missing', expected: ['500ms', '0.1%', '42'] })
  const next = scanner.peekWord()
  const isBehind = match[2] === '' && (isUnit(next) || meantUnit(next) !== null)
  const suffix = isBehind ? scanner.word() : (match[2] ?? '')
  if (suffix === '') return { value, unit: null }
  if (!isUnit(suffix)) {
    const meant = meantUnit(suffix) ?? meantWord(suffix, UNITS)
    return scanner.fail({
      offset,
      message: `"${suffix}" is not a unit`,
      expected: [...UNITS],
      fix: meant === null ? null : `write ${value}${meant}`,
    })
  }
  return { value, unit: suffix }
}

function list<Entry>(scanner: Scanner, entry: () => Entry): Entry[] {
  if (!scanner.take('(')) scanner.fail({ message: 'a list starts with a parenthesis', expected: ['('] })
  const entries = [entry()]
  while (scanner.take(',')) {
    if (entries.length >= 20) scanner.fail({ message: 'a list has at most 20 entries', expected: [')'] })
    entries.push(entry())
  }
  if (!scanner.take(')'))
    scanner.fail({ message: 'the list is not closed', expected: [',', ')'], fix: 'close it with )' })
  return entries
}
