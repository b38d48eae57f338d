import { condition, SUBJECTS } from './answer-grammar.ts'
import type { Level } from './checks.ts'
import { COMPARISONS } from './condition.ts'
import { choice, quantity, text } from './condition-grammar.ts'
import { PROBE_LIMITS } from './limits.ts'
import { bounded } from './options.ts'
import { printCondition } from './print-condition.ts'
import { printQuantity, quote } from './print-text.ts'
import type { Scanner } from './scanner.ts'
import {
  CAPTURE_SOURCES,
  type Capture,
  isCookieName,
  isFieldName,
  isStepAddress,
  JWT_TIMES,
  type JwtCondition,
  STEP_LIMITS,
  STEP_METHODS,
  type Step,
  type StepCondition,
} from './step.ts'
import { isCaptureName, isHeaderName, isJsonPath } from './texts.ts'

export const STEP_SUBJECTS = [...SUBJECTS, 'jwt'] as const

type Asked = StepCondition extends infer One ? (One extends StepCondition ? Omit<One, 'step'> : never) : never

/** `step ["name"] [METHOD] PATH` */
export function readStep(scanner: Scanner, steps: Step[]): void {
  if (steps.length >= STEP_LIMITS.steps)
    scanner.fail({ message: `a probe has at most ${STEP_LIMITS.steps} steps`, expected: [] })
  const name = scanner.isAtQuote() ? text(scanner) : null
  const method = STEP_METHODS.find((known) => known === scanner.peekWord())
  if (method !== undefined) scanner.word()
  scanner.skipBlanks()
  const offset = scanner.offset
  const token = scanner.untilBlank()
  const url = token.endsWith(',') ? token.slice(0, -1) : token
  if (!isStepAddress(url))
    scanner.fail({
      offset,
      message:
        url === ''
          ? 'the path of the step is missing'
          : 'this is neither a path nor an http or https address',
      expected: ['/login', `$\{BASE_URL}/login`],
    })
  steps.push({
    ...{ name, method: method ?? 'GET', url, headers: [], body: null },
    ...{ withoutCookies: false, waitMs: 0, captures: [], maxBytes: PROBE_LIMITS.maxBytes.usual },
  })
}

/** `field NAME: VALUE` */
export function readField(scanner: Scanner, step: Step): void {
  scanner.skipBlanks()
  const offset = scanner.offset
  const name = scanner.word().replace(/:$/, '')
  const colon = scanner.text.charAt(scanner.offset - 1) === ':' || scanner.take(':')
  if (!isFieldName(name) || !colon)
    scanner.fail({ offset, message: 'a field is written as NAME: VALUE', expected: ['email: "a@b.example"'] })
  if (step.body?.as === 'text')
    scanner.fail({ offset, message: 'a step sends fields or a payload, not both', expected: [] })
  const fields = step.body?.as === 'fields' ? step.body.fields : []
  if (fields.length >= STEP_LIMITS.fields)
    scanner.fail({ offset, message: `a step sends at most ${STEP_LIMITS.fields} fields`, expected: [] })
  fields.push({ name, value: text(scanner) })
  step.body = { as: 'fields', fields }
}

export function readPayload(scanner: Scanner, step: Step): void {
  if (step.body !== null) scanner.fail({ message: 'a step sends one body', expected: [] })
  step.body = { as: 'text', text: text(scanner) }
}

export function readWithout(scanner: Scanner, step: Step): void {
  choice(scanner, ['cookies'] as const, 'what to leave out')
  step.withoutCookies = true
}

export function readWait(scanner: Scanner, step: Step): void {
  scanner.skipBlanks()
  const offset = scanner.offset
  const { value, unit } = quantity(scanner)
  scanner.offset = offset
  const { least, most } = STEP_LIMITS.waitMs
  const isLong = unit === 'm' || unit === 'h' || unit === 'd' || (unit === 's' && Number(value) * 1000 > most)
  if (isLong)
    scanner.fail({
      offset,
      message:
        'a probe ends within 30s, so it cannot wait longer than 25s: an idle time beyond that is not shown by waiting',
      expected: ['wait 10s'],
      fix: 'set a short idle time for the probe’s own user, or let a person confirm it',
    })
  step.waitMs = bounded(scanner, { dimension: 'time', least, most, example: '10s' })
}

/** `capture NAME json PATH`, `capture NAME header NAME`, `capture NAME cookie NAME` */
export function readCapture(scanner: Scanner, steps: Step[]): void {
  const step = steps.at(-1)
  scanner.skipBlanks()
  const offset = scanner.offset
  const name = scanner.word()
  if (!isCaptureName(name))
    scanner.fail({
      offset,
      message: 'a captured value has a name of small letters, digits and _',
      expected: ['token'],
      fix: isCaptureName(name.toLowerCase()) ? `write ${name.toLowerCase()}` : null,
    })
  if (steps.some(({ captures }) => captures.some((one) => one.name === name)))
    scanner.fail({ offset, message: `"${name}" is captured twice`, expected: [] })
  const from = choice(scanner, CAPTURE_SOURCES, 'where the value stands')
  scanner.skipBlanks()
  const place = scanner.offset
  const word = scanner.word()
  const at = from === 'header' ? word.toLowerCase() : word
  const isPlace = { json: isJsonPath, header: isHeaderName, cookie: isCookieName }[from](at)
  if (!isPlace)
    scanner.fail({ offset: place, message: `where in the ${from} is missing`, expected: ['access_token'] })
  if ((step?.captures.length ?? 0) >= STEP_LIMITS.captures)
    scanner.fail({ offset, message: `a step captures at most ${STEP_LIMITS.captures} values`, expected: [] })
  step?.captures.push({ name, from, at })
}

/** A condition of `http`, or one on a token: `jwt token exp-iat <= 15m`, `jwt token alg == RS256`. */
export function readStepCondition(scanner: Scanner, level: Level): Asked {
  if (scanner.peekWord() !== 'jwt') return condition(scanner, level)
  scanner.word()
  scanner.skipBlanks()
  const offset = scanner.offset
  const name = scanner.word()
  if (!isCaptureName(name))
    scanner.fail({ offset, message: 'the name of a captured token is missing', expected: ['token'] })
  const what = choice(scanner, [...JWT_TIMES, 'alg'] as const, 'what of the token')
  if (what === 'alg') {
    const op = choice(scanner, ['==', '!='] as const, 'a comparison')
    return { level, on: 'jwt_alg', name, op, value: text(scanner) }
  }
  const op = choice(scanner, COMPARISONS, 'a comparison')
  scanner.skipBlanks()
  const at = scanner.offset
  const { value, unit } = quantity(scanner)
  if (unit !== 'ms' && unit !== 's' && unit !== 'm' && unit !== 'h' && unit !== 'd')
    return scanner.fail({
      offset: at,
      message: `${what} needs a unit of time`,
      expected: ['15m'],
      fix: `write ${value}s`,
    })
  return { level, on: 'jwt', name, time: what, op, value, unit }
}

function isOnToken(one: Asked): one is JwtCondition {
  return one.on === 'jwt' || one.on === 'jwt_alg'
}

/** Without its level and its step. */
export function printStepCondition(one: Asked): string {
  if (!isOnToken(one)) return printCondition(one)
  if (one.on === 'jwt_alg') return `jwt ${one.name} alg ${one.op} ${quote(one.value)}`
  return `jwt ${one.name} ${one.time} ${one.op} ${printQuantity(one)}`
}

export function printCapture({ name, from, at }: Capture): string {
  return `capture ${name} ${from} ${at}`
}

export function printBody(body: Step['body']): string[] {
  if (body === null) return []
  if (body.as === 'text') return [`payload ${quote(body.text)}`]
  return body.fields.map(({ name, value }) => `field ${name}: ${quote(value)}`)
}
