import type { TemplateTrigger, TriggerOperator } from './model.ts'
import { wordsOf } from './stages.ts'
import {
  CONDITION,
  CONDITION_JOINED,
  GOING_BACK,
  GOING_BACK_JOINED,
  METRICS,
  OPERATORS,
  PLURAL,
  QUANTITY,
  RELATIVE,
  UNITS,
} from './trigger-words.ts'

type Threshold = Pick<TemplateTrigger, 'metric' | 'op' | 'value' | 'unit'>

const NO_THRESHOLD: Threshold = { metric: null, op: null, value: null, unit: null }
const LONGEST = 500

/**
 * True for a heading under which rollback triggers stand. "Trigger" alone is as often a verb ("Trigger the sync"), so it
 * counts beside a word about going back, or in the plural.
 */
export function isTriggerHeading(title: string): boolean {
  const words = wordsOf(title)
  if (PLURAL.test(words)) return true
  const spaced = ` ${words} `
  const isAboutRollback = hasAny(spaced, GOING_BACK) || GOING_BACK_JOINED.test(words)
  return isAboutRollback && (hasAny(spaced, CONDITION) || CONDITION_JOINED.test(words))
}

function hasAny(spaced: string, words: string[]): boolean {
  return words.some((word) => spaced.includes(` ${word} `))
}

/**
 * The threshold that a trigger's words state, such as "p95 latency exceeds 2 seconds"; all null unless metric, direction
 * and number are all there and absolute, because a half-understood threshold would watch the wrong thing.
 */
export function parseThreshold(text: string): Threshold {
  const lower = text
    .slice(0, LONGEST)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[*_`]+/g, '')
  const metric = METRICS.find(([words]) => words.test(wordsOf(lower)))?.[1]
  if (metric === undefined || RELATIVE.test(lower)) return NO_THRESHOLD
  const sign = findOperator(lower)
  if (sign === null) return NO_THRESHOLD
  const quantity = quantityBeside(lower, sign)
  if (quantity === null) return NO_THRESHOLD
  const [, percent, value = '', written] = quantity
  const unit = percent !== undefined ? '%' : written === undefined ? 'count' : unitOf(written)
  // "More than 10 errors" is a number in an unsaid time, and no rate.
  if (metric === 'error_rate' && unit !== '%') return NO_THRESHOLD
  return { metric, op: sign.op, value: value.replace(',', '.'), unit }
}

type Sign = { op: TriggerOperator; index: number; end: number }

/** The first sign of comparison; of two at one place the longer one. */
function findOperator(text: string): Sign | null {
  let first: Sign | null = null
  for (const [op, words] of OPERATORS) {
    const match = words.exec(text)
    if (match === null) continue
    const { index } = match
    const end = index + match[0].length
    if (first === null || index < first.index || (index === first.index && end > first.end))
      first = { op, index, end }
  }
  return first
}

/** The number right behind the sign or, where the language puts the sign last, the nearest one before it. */
function quantityBeside(text: string, { index, end }: Sign): RegExpExecArray | null {
  const all = [...text.matchAll(QUANTITY)].filter((match) => !isPartOfName(text, match))
  const before = all.filter((match) => match.index + match[0].length <= index).at(-1)
  const after = all.find((match) => match.index >= end)
  const gap = before === undefined ? null : text.slice(before.index + before[0].length, index)
  // "5%'in üzerinde", "5%を超える", "5% 초과", "100以上": at most a suffix lies between the number and the sign.
  const isPost =
    gap !== null &&
    /^['’]?\p{L}{0,3}\s?$/u.test(gap) &&
    /^(?:[^\p{ASCII}]|fazla|a[sş]|or more)/u.test(text.slice(index))
  if (isPost && before !== undefined) return before
  return after ?? null
}

/** The digits of "p95", "http2" and "5xx" count nothing. */
function isPartOfName(text: string, match: RegExpExecArray): boolean {
  if (/[a-z_]/.test(text.charAt(match.index - 1))) return true
  return match[3] === undefined && /^(?:xx|th\b)/.test(text.slice(match.index + match[0].length))
}

function unitOf(written: string): NonNullable<TemplateTrigger['unit']> {
  return UNITS.find(([words]) => words.test(written))?.[1] ?? 'count'
}
