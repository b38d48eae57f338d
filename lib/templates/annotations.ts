import { parseProbe } from '#lib/probes/annotation.ts'
import type { ProbeConfig } from '#lib/probes/config.ts'
import type { Stage } from '#lib/shared/codes.ts'
import type { TemplateProblem } from './model.ts'
import { type NoticeConfig, parseNotice } from './notice.ts'
import type { Parsed } from './setting-words.ts'
import { type ItemSettings, parseItemSettings, parseStageName } from './settings.ts'
import { parseSlot, type SlotAnnotation } from './slot-scope.ts'
import { lineAt, positionAt, type Source } from './source.ts'

/** An annotation with its place in the source. */
export type Annotation = { start: number; end: number; line: number; endLine: number } & (
  | { kind: 'probe'; config: ProbeConfig }
  | { kind: 'item'; settings: ItemSettings }
  | { kind: 'notice'; notice: NoticeConfig }
  | { kind: 'slot'; slot: SlotAnnotation }
  | { kind: 'stage'; stage: Stage }
)

export const KINDS = ['probe', 'item', 'notice', 'slot', 'stage'] as const
export type Kind = (typeof KINDS)[number]

/**
 * The annotations in the comments between two offsets. Other comments are none of ours, unless their first word is one
 * slip away from a kind: a probe that is silently not run would be worse than a complaint.
 */
export function readAnnotations({ source, start, end }: { source: Source; start: number; end: number }): {
  annotations: Annotation[]
  problems: TemplateProblem[]
} {
  const annotations: Annotation[] = []
  const problems: TemplateProblem[] = []
  for (const comment of commentsBetween({ text: source.text, start, end })) {
    const opening = /^\s*([A-Za-z]{3,7})\s*:/.exec(comment.inner)
    if (opening === null) {
      const missing = withoutColon(comment.inner)
      if (missing !== null)
        problems.push({
          ...positionAt(source, comment.start + 4 + comment.inner.search(/\S/)),
          message: `"${missing}" is no annotation without its colon`,
          fix: `write ${missing}:`,
        })
      continue
    }
    const word = (opening[1] ?? '').toLowerCase()
    const kind = KINDS.find((known) => known === word)
    const offset = comment.start + 4
    if (kind === undefined) {
      const meant = KINDS.find((known) => isOneSlipFrom(word, known))
      if (meant !== undefined) {
        const place = positionAt(source, offset + comment.inner.search(/\S/))
        problems.push({ ...place, message: `"${word}:" is no annotation`, fix: `write ${meant}:` })
      }
      continue
    }
    const bodyStart = offset + opening[0].length
    const parsed = parseBody(kind, comment.inner.slice(opening[0].length))
    if (!parsed.ok) {
      const { message, fix } = parsed.problem
      problems.push({
        ...positionAt(source, bodyStart + parsed.problem.offset),
        message: `${kind}: ${message}`,
        fix,
      })
      continue
    }
    const lines = { line: lineAt(source, comment.start), endLine: lineAt(source, comment.end) }
    annotations.push({ start: comment.start, end: comment.end, ...lines, ...parsed.value })
  }
  return { annotations, problems }
}

/** What the body of an annotation says, by its kind. */
export type Body =
  | { kind: 'probe'; config: ProbeConfig }
  | { kind: 'item'; settings: ItemSettings }
  | { kind: 'notice'; notice: NoticeConfig }
  | { kind: 'slot'; slot: SlotAnnotation }
  | { kind: 'stage'; stage: Stage }

/** Reads what stands behind the colon. Pure, and linear in the length of the body. */
export function parseBody(kind: Kind, body: string): Parsed<Body> {
  if (kind === 'item') {
    const parsed = parseItemSettings(body)
    return parsed.ok ? { ok: true, value: { kind, settings: parsed.value } } : parsed
  }
  if (kind === 'notice') {
    const parsed = parseNotice(body)
    return parsed.ok ? { ok: true, value: { kind, notice: parsed.value } } : parsed
  }
  if (kind === 'slot') {
    const parsed = parseSlot(body)
    return parsed.ok ? { ok: true, value: { kind, slot: parsed.value } } : parsed
  }
  if (kind === 'stage') {
    const parsed = parseStageName(body)
    return parsed.ok ? { ok: true, value: { kind, stage: parsed.value } } : parsed
  }
  const parsed = parseProbe(body)
  if (parsed.ok) return { ok: true, value: { kind, config: parsed.config } }
  const { offset, message, expected, fix } = parsed.problem
  const wanted = expected.length === 0 ? '' : `; expected ${expected.join(', ')}`
  return { ok: false, problem: { offset, message: message + wanted, fix } }
}

/** Comments as they stand in the source, `inner` without the marks. */
export function commentsBetween({ text, start, end }: { text: string; start: number; end: number }): {
  start: number
  end: number
  inner: string
}[] {
  const comments = []
  // Cut first: a search in the whole text would run to its end once for every node.
  const part = text.slice(start, end)
  let from = part.indexOf('<!--')
  while (from !== -1) {
    const close = part.indexOf('-->', from + 4)
    if (close === -1) break
    comments.push({ start: start + from, end: start + close + 3, inner: part.slice(from + 4, close) })
    from = part.indexOf('<!--', close + 3)
  }
  return comments
}

/** The kind of an annotation that only lacks its colon: what follows is read as one, or asks for something as only a probe does. */
function withoutColon(inner: string): 'probe' | 'notice' | 'item' | null {
  const [opening, kind] = /^\s*(probe|notice|item)\s/.exec(inner) ?? []
  if (opening === undefined || (kind !== 'probe' && kind !== 'notice' && kind !== 'item')) return null
  const body = inner.slice(opening.length)
  return parseBody(kind, body).ok || (kind === 'probe' && /\sexpect\s/.test(body)) ? kind : null
}

/** One letter too many, too few, wrong, or two neighbours swapped. */
function isOneSlipFrom(word: string, known: string): boolean {
  if (Math.abs(word.length - known.length) > 1) return false
  let same = 0
  while (same < known.length && word.charAt(same) === known.charAt(same)) same++
  const rest = word.slice(same)
  const wanted = known.slice(same)
  return (
    rest.slice(1) === wanted.slice(1) ||
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    (rest.slice(2) === wanted.slice(2) && rest.slice(0, 2) === [...wanted.slice(0, 2)].reverse().join(''))
  )
}
