import type { TemplateTrigger } from './model.ts'
import { wordsOf } from './stages.ts'

type Threshold = Pick<TemplateTrigger, 'metric' | 'op' | 'value' | 'unit'>

const NO_THRESHOLD: Threshold = { metric: null, op: null, value: null, unit: null }

/** Names of metrics by the words for them; the first hit counts, so the narrower ones stand first. */
const METRICS: [RegExp, string][] = [
  [/\bp50\b|\bmedian\b/, 'latency_p50'],
  [/\bp90\b/, 'latency_p90'],
  [/\bp95\b/, 'latency_p95'],
  [/\bp99\b/, 'latency_p99'],
  [/\b(?:error|errors|failure|5xx|500) (?:rate|rates|ratio)\b|\berrors?\b|\b5xx\b/, 'error_rate'],
  [/\b(?:latency|response times?|response|load time)\b/, 'latency'],
  [/\bcpu\b/, 'cpu'],
  [/\b(?:memory|ram)\b/, 'memory'],
  [/\bdisk\b/, 'disk'],
  [/\b(?:availability|uptime|success rate)\b/, 'availability'],
  [/\b(?:crash|crashes|crash rate|restarts?)\b/, 'crashes'],
  [/\b(?:downtime|outage|unavailable|down)\b/, 'downtime'],
]

const ABOVE = /(?:>=|≥|at least|or more)/
const OVER = />|(?:exceed(?:s|ed|ing)?|above|over|more than|greater than|higher than|rises? (?:above|over))/
const BELOW = /(?:<=|≤|at most)/
const UNDER = /<|(?:below|under|less than|lower than|drops? (?:below|under|to))/
const QUANTITY =
  /(\d+(?:[.,]\d+)?)\s*(%|percent\b|ms\b|milliseconds?\b|seconds?\b|secs?\b|s\b|minutes?\b|mins?\b|hours?\b|h\b)?/
const UNITS: [RegExp, NonNullable<TemplateTrigger['unit']>][] = [
  [/^(?:%|percent)$/, '%'],
  [/^(?:ms|millisecond)/, 'ms'],
  [/^m/, 'min'],
  [/^s/, 's'],
  [/^h/, 'h'],
]

/**
 * True for a heading under which rollback triggers stand. "Trigger" alone is as often a verb ("Trigger the sync"), so it
 * counts beside a word about going back, or in the plural.
 */
export function isTriggerHeading(title: string): boolean {
  const words = ` ${wordsOf(title)} `
  const isAboutRollback = / (?:rollback|roll back|rolling back|revert|abort|backout|back out) /.test(words)
  return (
    / triggers /.test(words) ||
    (isAboutRollback && / (?:trigger|criteria|criterion|conditions?|when|if) /.test(words))
  )
}

/**
 * The threshold that a trigger's words state, such as "p95 latency exceeds 2 seconds"; all null unless metric, direction
 * and number are all there, because a half-understood threshold would watch the wrong thing.
 */
export function parseThreshold(text: string): Threshold {
  const lower = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[*_`]+/g, '')
  const metric = METRICS.find(([words]) => words.test(wordsOf(lower)))?.[1]
  const sign = findOperator(lower)
  if (metric === undefined || sign === null) return NO_THRESHOLD
  const quantity = QUANTITY.exec(lower.slice(sign.end))
  if (quantity === null) return NO_THRESHOLD
  const unit = quantity[2] === undefined ? 'count' : unitOf(quantity[2])
  return { metric, op: sign.op, value: (quantity[1] ?? '').replace(',', '.'), unit }
}

function findOperator(text: string): { op: NonNullable<Threshold['op']>; end: number } | null {
  const found = [
    { op: '>=' as const, match: ABOVE.exec(text) },
    { op: '<=' as const, match: BELOW.exec(text) },
    { op: '>' as const, match: OVER.exec(text) },
    { op: '<' as const, match: UNDER.exec(text) },
  ]
  let first: { op: NonNullable<Threshold['op']>; index: number; end: number } | null = null
  for (const { op, match } of found) {
    if (match === null) continue
    const { index } = match
    if (first === null || index < first.index) first = { op, index, end: index + match[0].length }
  }
  return first
}

function unitOf(written: string): NonNullable<TemplateTrigger['unit']> {
  return UNITS.find(([words]) => words.test(written))?.[1] ?? 'count'
}
