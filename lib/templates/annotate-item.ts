import { parseProbe } from '#lib/probes/annotation.ts'
import type { Stage } from '#lib/shared/codes.ts'
import { placesAtHeading, placesAtItem, removal } from './annotate-places.ts'
import { patchBodies, whyUnwritable, wordsOfPatch } from './annotate-words.ts'
import { commentsBetween } from './annotations.ts'
import type { Drafts, ItemDraft } from './drafts.ts'
import type { ItemPatch } from './edits.ts'
import { lineStart, type Source } from './source.ts'
import type { Splice } from './splices.ts'

/** One way to write something down, a reason why it cannot be written, or null when there is no further way. */
export type Proposal = { splices: Splice[] } | { refused: string } | null

type Comment = { start: number; end: number; bodyStart: number; body: string }

/** The `attempt`-th way (from 0) to write a patch at an item. */
export function proposeItem(input: {
  drafts: Drafts
  draft: ItemDraft
  patch: ItemPatch
  attempt: number
}): Proposal {
  const { drafts, draft, patch, attempt } = input
  const { source } = drafts
  const { probe, ...settings } = patch
  const wrong = whyUnwritable(settings) ?? whyProbeUnwritable(probe)
  if (wrong !== null) return { refused: wrong }
  const splices: Splice[] = []
  const added: string[] = []
  const items = commentsOf(source, draft, 'item')
  patchBodies(
    items.map(({ body }) => body),
    settings,
  ).forEach((body, index) => {
    const comment = items[index]
    if (comment !== undefined) splices.push(...rewritten(source, comment, body))
  })
  if (items.length === 0) {
    const said = [...wordsOfPatch(settings).values()].filter((word) => word !== null)
    if (said.length > 0) added.push(`<!-- item: ${said.join(' ')} -->`)
  }
  if (probe !== undefined) {
    const probes = commentsOf(source, draft, 'probe')
    probes.forEach((comment, index) => {
      const body = probe === null || index > 0 ? null : comment.body.replace(comment.body.trim(), () => probe)
      splices.push(...rewritten(source, comment, body))
    })
    if (probes.length === 0 && probe !== null) added.push(`<!-- probe: ${probe} -->`)
  }
  if (added.length === 0) return attempt === 0 ? { splices } : null
  const comment = added.join(' ')
  if (draft.form === 'table' && comment.includes('|'))
    return { refused: 'In a table a comment may hold no “|”, which would end its cell.' }
  const place = placesAtItem(source, draft)[attempt]
  return place === undefined ? null : { splices: [...splices, place(comment)] }
}

function whyProbeUnwritable(probe: string | null | undefined): string | null {
  if (probe === null || probe === undefined) return null
  if (probe.includes('--')) return 'Two hyphens would end the comment that the probe is written in.'
  const parsed = parseProbe(probe)
  return parsed.ok ? null : `This is no probe: ${parsed.problem.message}.`
}

function rewritten(source: Source, comment: Comment, body: string | null): Splice[] {
  if (body === null) return [removal(source, comment)]
  if (body === comment.body) return []
  return [{ start: comment.bodyStart, end: comment.bodyStart + comment.body.length, text: body }]
}

function commentsOf(source: Source, draft: ItemDraft, kind: 'item' | 'probe'): Comment[] {
  return draft.annotations.flatMap((annotation) =>
    annotation.kind === kind ? [commentAt(source, annotation.start)] : [],
  )
}

/** All annotations of an item, taken out. */
export function withoutAnnotations(source: Source, draft: ItemDraft): Splice[] {
  return draft.annotations
    .filter(({ kind }) => kind === 'item' || kind === 'probe')
    .map(({ start }) => removal(source, commentAt(source, start)))
}

function commentAt(source: Source, start: number): Comment {
  const close = source.text.indexOf('-->', start + 4)
  const bodyStart = source.text.indexOf(':', start) + 1
  return { start, end: close + 3, bodyStart, body: source.text.slice(bodyStart, close) }
}

/** The `attempt`-th way to say a section's stage; null takes the comment away. */
export function proposeStage(input: {
  drafts: Drafts
  section: number
  stage: Stage | null
  attempt: number
}): Proposal {
  const { drafts, section, stage, attempt } = input
  const { source } = drafts
  const draft = drafts.sections[section]
  if (draft === undefined) return { refused: 'No section begins on this line.' }
  const start = lineStart(source, draft.line)
  const next = drafts.sections.find(({ line }, index) => index !== section && line > draft.line)
  const end = next === undefined ? source.text.length : lineStart(source, next.line)
  const written = commentsBetween({ text: source.text, start, end }).filter(({ inner }) =>
    /^\s*stage\s*:/i.test(inner),
  )
  if (written.length > 0) {
    const found = written[attempt]
    if (found === undefined) return null
    const comment = commentAt(source, found.start)
    return {
      splices: rewritten(source, comment, stage === null ? null : comment.body.replace(/\S+/, () => stage)),
    }
  }
  if (stage === null) return { refused: 'The stage of this section is written in no comment of its own.' }
  const comment = `<!-- stage: ${stage} -->`
  if (draft.isTitle && draft.title === '') {
    if (attempt > 0) return null
    const first = drafts.items[0]?.line ?? 1
    const at = lineStart(source, first) + (first === 1 && source.text.startsWith('\uFEFF') ? 1 : 0)
    return { splices: [{ start: at, end: at, text: comment + source.eol }] }
  }
  const place = placesAtHeading(source, draft.line)[attempt]
  return place === undefined ? null : { splices: [place(comment)] }
}
