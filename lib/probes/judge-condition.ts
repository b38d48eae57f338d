import type { Condition, ConditionOf } from './condition.ts'
import { canonicalDecimal, compareDecimals } from './decimals.ts'
import { type Finding, headerValue, shortened } from './finding.ts'
import { bodyMatch, finalUrl, headerAge, headerMatch, httpVersion, overTls } from './judge-exchange.ts'
import { holds, type JudgedCondition, wish } from './judged.ts'
import { truth } from './kleene.ts'
import type { HttpObservation, JsonPick } from './observations/http.ts'
import { printCondition, printOperand } from './print-condition.ts'
import { compareQuantities, compareTold, type Unit } from './quantities.ts'

type Implied = { level: 'expect'; on: 'status_ok' }

/** Judges one condition; the result is `unknown` whenever the observation does not hold what is needed to decide. */
export function judgeCondition(
  condition: Condition | Implied,
  observation: HttpObservation,
): JudgedCondition {
  const { observed, wanted, value } = finding(condition, observation)
  const text = condition.on === 'status_ok' ? 'status 200 to 299 (implied)' : printCondition(condition)
  return { text, level: condition.level, observed, wanted, result: truth(value) }
}

function finding(condition: Condition | Implied, observation: HttpObservation): Finding {
  if (observation.response === null) return { observed: 'no response', wanted: 'a response', value: null }
  const { status } = observation.response
  switch (condition.on) {
    case 'status_ok':
      return { observed: `status ${status}`, wanted: '200 to 299', value: status >= 200 && status <= 299 }
    case 'status':
      return {
        observed: `status ${status}`,
        wanted: wish(condition.op, String(condition.value)),
        value: holds(condition.op, status - condition.value),
      }
    case 'status_in':
      return {
        observed: `status ${status}`,
        wanted: `one of ${condition.values.join(', ')}`,
        value: condition.values.includes(status),
      }
    case 'header':
    case 'header_in':
    case 'header_presence':
    case 'directive':
      return headerFinding(condition, observation)
    case 'body':
      return bodyFinding(condition, observation)
    case 'json':
      return jsonFinding(condition, observation)
    case 'header_match':
      return headerMatch(condition, observation)
    case 'header_age':
      return headerAge(condition, observation)
    case 'body_match':
      return bodyMatch(condition, observation)
    case 'http_version':
      return httpVersion(condition, observation)
    case 'tls':
      return overTls(condition, observation)
    case 'final_url':
      return finalUrl(condition, observation)
    case 'time':
      return timeFinding(condition, observation)
  }
}

/**
 * A response's head is read whole or not at all, so an absent header is a measured fact: what asks for a value there
 * is false. What asks for a difference (`!=`, `lacks`, `<`, `<=`) stays unknown, as nothing is there to differ.
 */
function headerFinding(
  condition: ConditionOf<'header' | 'header_in' | 'header_presence' | 'directive'>,
  observation: HttpObservation,
): Finding {
  const name = condition.on === 'directive' ? condition.header : condition.name
  const found = headerValue(observation, name)
  if (condition.on === 'header_presence') {
    const observed =
      found === undefined ? `${name} absent` : found === null ? `${name} present` : `${name}: ${found}`
    const wanted = condition.present ? 'present' : 'absent'
    return { observed, wanted, value: (found !== undefined) === condition.present }
  }
  if (condition.on === 'directive') return directiveFinding(condition, found)
  const wanted =
    condition.on === 'header_in'
      ? `one of ${condition.values.join(', ')}`
      : wish(condition.op, condition.value)
  const differs = condition.on === 'header' && (condition.op === '!=' || condition.op === 'lacks')
  if (found === undefined) return { observed: `${name} absent`, wanted, value: differs ? null : false }
  if (found === null) return { observed: `${name}: value not kept`, wanted, value: null }
  const seen = folded(found)
  const value =
    condition.on === 'header_in'
      ? condition.values.some((entry) => folded(entry) === seen)
      : textHolds(condition.op, seen, folded(condition.value))
  return { observed: `${name}: ${found}`, wanted, value }
}

/** ASCII only: `toLowerCase` would also fold letters that HTTP keeps apart (the Kelvin sign is not a k). */
function folded(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}

function textHolds(op: '==' | '!=' | 'contains' | 'lacks', seen: string, wanted: string): boolean {
  if (op === '==') return seen === wanted
  if (op === '!=') return seen !== wanted
  return seen.includes(wanted) === (op === 'contains')
}

function directiveFinding(condition: ConditionOf<'directive'>, found: string | null | undefined): Finding {
  const wanted = wish(condition.op, condition.value)
  const { header, name, op } = condition
  const differs = op === '!=' || op === '<' || op === '<='
  if (found === undefined) return { observed: `${header} absent`, wanted, value: differs ? null : false }
  if (found === null) return { observed: `${header}: value not kept`, wanted, value: null }
  const written = directiveValue(found, name)
  if (written === undefined)
    return { observed: `no ${name} in ${header}`, wanted, value: differs ? null : false }
  const decimal = /^\d+(?:\.\d+)?$/.test(written) ? canonicalDecimal(written) : null
  const value = decimal === null ? null : holds(op, compareDecimals(decimal, condition.value))
  return { observed: `${name}=${written}`, wanted, value }
}

/** The value of `name=value` among directives parted by commas or semicolons; the first one counts (RFC 6797, 6.1). */
function directiveValue(header: string, name: string): string | undefined {
  for (const part of header.split(/[,;]/)) {
    const [key = '', ...rest] = part.split('=')
    if (folded(key.trim()) !== name) continue
    return rest
      .join('=')
      .trim()
      .replace(/^"(.*)"$/, '$1')
  }
  return undefined
}

function bodyFinding({ op, value: text }: ConditionOf<'body'>, { body }: HttpObservation): Finding {
  const wanted = `${op} ${shortened(text)}`
  if (body === null) return { observed: 'no body', wanted, value: null }
  const find = body.finds.find((entry) => entry.text === text)
  if (find?.found === true)
    return { observed: `body has ${shortened(text)}`, wanted, value: op === 'contains' }
  if (find === undefined) return { observed: 'not looked for', wanted, value: null }
  if (body.cut !== null) return { observed: `body cut after ${body.bytes} B`, wanted, value: null }
  return { observed: `body without ${shortened(text)}`, wanted, value: op === 'lacks' }
}

function jsonFinding(condition: ConditionOf<'json'>, { body }: HttpObservation): Finding {
  const { path, op, operand, unit } = condition
  const wanted = wish(op, printOperand(operand))
  const pick = body?.picks.find((entry) => entry.path === path)
  if (pick === undefined) return { observed: `${path} not looked for`, wanted, value: null }
  if (pick.type === 'doubled') return { observed: `${pick.value ?? path} stands twice`, wanted, value: null }
  const seen = printedPick(pick, unit)
  if (pick.type !== operand.type || pick.value === null)
    return { observed: `${path}: ${seen}`, wanted, value: null }
  return { observed: `${path}=${seen}`, wanted, value: pickHolds(condition, pick.value) }
}

function pickHolds({ op, operand, unit }: ConditionOf<'json'>, seen: string): boolean | null {
  if (operand.type === 'number') {
    const value = canonicalDecimal(seen)
    const order = value === null ? null : compareTold({ value, unit }, operand)
    return order === null ? null : holds(op, order)
  }
  const same = seen === (operand.type === 'text' ? operand.text : String(operand.boolean))
  return same === (op === '==')
}

function printedPick({ type, value }: JsonPick, unit: Unit | null): string {
  if (type === 'not_json') return 'the body is not JSON'
  if (type === 'text') return value === null ? 'a text' : shortened(value)
  if (value === null) return type
  return `${value}${unit ?? ''}`
}

function timeFinding({ op, value, unit }: ConditionOf<'time'>, { phases }: HttpObservation): Finding {
  const wanted = wish(op, `${value} ${unit}`)
  if (phases.total === null) return { observed: 'no time', wanted, value: null }
  const total = canonicalDecimal(phases.total)
  const order = total === null ? null : compareQuantities({ value: total, unit: 'ms' }, { value, unit })
  return { observed: `${phases.total} ms`, wanted, value: order === null ? null : holds(op, order) }
}
