import { whyNotFormed, whyNotSet } from './annotate-check.ts'
import { proposeMadeItem, proposeText, proposeUnwrapped } from './annotate-form.ts'
import { type Proposal, proposeItem, proposeStage } from './annotate-item.ts'
import type { Drafts } from './drafts.ts'
import type { Edit, EditOf, FormEdit } from './edits.ts'
import { composeLines, identityLines, type LineMap, mapLines } from './line-map.ts'
import type { TemplateModel } from './model.ts'
import { type ReadTemplate, readTemplate } from './parse.ts'
import { createSource } from './source.ts'
import { applySplices, firstOverlap, type Splice } from './splices.ts'

export type Annotated = {
  source: string
  model: TemplateModel
  /** Where each line of the source that was given stands now. */
  lines: LineMap
  /** Wishes that cannot be written down, each with the reason in words; nothing was changed for them. */
  refused: { edit: Edit; message: string }[]
}

type State = ReadTemplate & { text: string; lines: LineMap }

/**
 * Writes wishes into a Markdown source as splices: comments beside items and headings, boxes, the lines of a fence. Each
 * result is read again and must differ from before in what was asked and in nothing else; a wish that no place allows is
 * refused. `read` is what the source was read as, where that is known. Fences go first, then boxes, then comments, so that a new item can be told its role in the same list.
 */
export function annotate(
  source: string,
  edits: readonly Edit[],
  read: ReadTemplate = readTemplate(source),
): Annotated {
  let state: State = { text: source, ...read, lines: identityLines(createSource(source)) }
  const refused: Annotated['refused'] = []
  const byForm = (kinds: readonly Edit['kind'][]) => edits.filter(({ kind }) => kinds.includes(kind))
  const made = new Set(byForm(['make-text']).map(({ line }) => line))
  const settings = merged(byForm(['item', 'stage'])).filter(
    ({ kind, line }) => kind !== 'item' || !made.has(line),
  )
  for (const phase of [
    ...byForm(['unwrap']).map((edit) => [edit]),
    byForm(['make-item', 'make-text']),
    settings,
  ]) {
    const result = applyAll(state, phase)
    state = result.state
    refused.push(...result.refused)
  }
  return { source: state.text, model: state.model, lines: state.lines, refused }
}

/** Several wishes about one item or section are one; the later says it. */
function merged(edits: readonly Edit[]): Edit[] {
  const items = new Map<number, EditOf<'item'>>()
  const stages = new Map<number, EditOf<'stage'>>()
  for (const edit of edits) {
    if (edit.kind === 'stage') stages.set(edit.line, edit)
    else if (edit.kind === 'item') {
      const before = items.get(edit.line)
      items.set(edit.line, { ...edit, set: { ...before?.set, ...edit.set } })
    }
  }
  return [...items.values(), ...stages.values()]
}

/** All at once where they go together; else by halves, until it is known which one does not. */
function applyAll(state: State, edits: readonly Edit[]): { state: State; refused: Annotated['refused'] } {
  const [first] = edits
  if (first === undefined) return { state, refused: [] }
  const attempts = edits.length === 1 ? 4 : 1
  let message = 'There is no place for it here.'
  for (let attempt = 0; attempt < attempts; attempt++) {
    const tried = tryAll(state, edits, attempt)
    if (typeof tried === 'object') return { state: tried, refused: [] }
    if (attempt === 0 || message === '') message = tried
  }
  if (edits.length === 1) return { state, refused: [{ edit: first, message }] }
  const half = Math.ceil(edits.length / 2)
  const left = applyAll(state, edits.slice(0, half))
  const right = applyAll(left.state, edits.slice(half))
  return { state: right.state, refused: [...left.refused, ...right.refused] }
}

function tryAll(state: State, edits: readonly Edit[], attempt: number): State | string {
  const { drafts } = state
  if (drafts === null) return state.model.problems[0]?.message ?? 'This text is not read.'
  const here: Edit[] = []
  const splices: Splice[] = []
  for (const edit of edits) {
    const line = state.lines[edit.line - 1] ?? null
    if (line === null) return 'This line is not there any more.'
    const proposal = propose({ drafts, edit: { ...edit, line }, attempt })
    if (proposal === null) return 'There is no place for it here.'
    if ('refused' in proposal) return proposal.refused
    here.push({ ...edit, line })
    splices.push(...proposal.splices)
  }
  if (splices.length === 0) return state
  if (firstOverlap(splices) !== null) return 'There is no place for it beside the others.'
  const text = applySplices(state.text, splices)
  const after = readTemplate(text)
  const map = mapLines(createSource(state.text), splices, createSource(text))
  const forms = here.filter((edit): edit is FormEdit => edit.kind !== 'item' && edit.kind !== 'stage')
  const sets = here.filter((edit) => edit.kind === 'item' || edit.kind === 'stage')
  const models = { before: state.model, after: after.model }
  const wrong =
    forms.length > 0 ? whyNotFormed({ ...models, edits: forms, map }) : whyNotSet({ ...models, edits: sets })
  return wrong ?? { text, ...after, lines: composeLines(state.lines, map) }
}

function propose({ drafts, edit, attempt }: { drafts: Drafts; edit: Edit; attempt: number }): Proposal {
  const { line } = edit
  switch (edit.kind) {
    case 'unwrap':
      return proposeUnwrapped(drafts, line, attempt)
    case 'make-item':
      return proposeMadeItem(drafts, line, attempt)
    case 'make-text':
      return proposeText(drafts, line, attempt)
    case 'stage': {
      const named = drafts.sections.findIndex(
        (one) => one.line === line && !(one.isTitle && one.title === ''),
      )
      const section = named === -1 ? drafts.sections.findIndex((one) => one.line === line) : named
      return proposeStage({ drafts, section, stage: edit.stage, attempt })
    }
    case 'item': {
      const draft = drafts.items.find((item) => item.line === line)
      if (draft === undefined) return { refused: 'No item stands on this line.' }
      return proposeItem({ drafts, draft, patch: edit.set, attempt })
    }
  }
}
