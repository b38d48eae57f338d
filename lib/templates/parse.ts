import { LIMITS, utf8Bytes } from '#lib/shared/limits.ts'
import type { Drafts } from './drafts.ts'
import { frontMatterValue } from './front-matter.ts'
import { createKeyring, deriveKey } from './identity.ts'
import { readMetadata } from './metadata.ts'
import type { TemplateModel, TemplateProblem, TemplateSection } from './model.ts'
import { settleSections } from './sections.ts'
import { settleFacts } from './settle-facts.ts'
import { settleItems } from './settle-items.ts'
import { settleRoles } from './settle-roles.ts'
import { readSignatureLines } from './signature-lines.ts'
import { createSource, lineCount, lineText, positionAt, type Source } from './source.ts'
import { parseTree } from './tree.ts'
import { parseThreshold } from './triggers.ts'
import { walkDocument } from './walk.ts'

const TEXT_SHOWN = 160
const PROBLEMS_SHOWN = 200

export type ReadTemplate = { model: TemplateModel; drafts: Drafts | null }

/**
 * Understands a Markdown checklist (CommonMark 0.31 with GFM tables and task lists). Never throws, whatever the text; what it
 * could not make sense of is in `keptAsText`, what its author should repair in `problems`.
 */
export function parseTemplate(text: string): TemplateModel {
  return readTemplate(text).model
}

/** The same with what the walk collected, which tells where annotations stand; null where the text was not read. */
export function readTemplate(text: string): ReadTemplate {
  const source = createSource(text)
  const bytes = utf8Bytes(text)
  if (bytes > LIMITS.templateBytes) {
    const most = LIMITS.templateBytes.toLocaleString('en')
    const message = `the file has ${bytes.toLocaleString('en')} bytes, at most ${most} are read`
    return { model: unread(source, { offset: 0, message }), drafts: null }
  }
  const tree = parseTree(text)
  if (!tree.ok) return { model: unread(source, tree), drafts: null }
  const drafts = walkDocument({ source, root: tree.root })
  const { version, updated, owner, lines } = readMetadata(source)
  for (const line of lines) drafts.used.add(line)
  for (let line = 1; line < tree.bodyLine; line++) drafts.used.add(line)
  const signatures = readSignatureLines({ source, from: tree.bodyLine })
  for (const { line } of signatures) drafts.used.add(line)
  const title = titleOf(source, drafts)
  const sections = settleSections(drafts.sections, title)
  const { items, problems } = settleItems(drafts, sections)
  const facts = settleFacts({ drafts, items, sections })
  const { roles, problems: roleProblems } = settleRoles({ drafts, signatures, sections, items })
  const model: TemplateModel = {
    v: 1,
    title,
    sections: withoutUnusedTop(drafts, sections),
    items,
    ...settleRest(drafts, sections),
    roles,
    facts,
    meta: { version, updated, owner },
    keptAsText: keptLines(source, drafts.used),
    problems: [...drafts.problems, ...problems, ...roleProblems, ...tooMany(items)]
      .sort((a, b) => a.line - b.line || a.column - b.column)
      .slice(0, PROBLEMS_SHOWN),
  }
  return { model, drafts }
}

function settleRest(drafts: Drafts, sections: TemplateSection[]): Pick<TemplateModel, 'steps' | 'triggers'> {
  const stepKeys = createKeyring()
  const triggerKeys = createKeyring()
  const steps = drafts.steps.flatMap(({ section, ...step }) => {
    const settled = sections[section]
    if (settled === undefined) return []
    const key = stepKeys.take(deriveKey({ within: `step ${settled.key} ${step.commands}`, text: step.title }))
    return [{ key, ...step, sectionKey: settled.key, stage: settled.stage }]
  })
  const triggers = drafts.triggers.flatMap(({ text, line, section }) => {
    const sectionKey = sections[section]?.key
    if (sectionKey === undefined) return []
    const key = triggerKeys.take(deriveKey({ within: `trigger ${sectionKey}`, text }))
    return [{ key, text, line, sectionKey, ...parseThreshold(text) }]
  })
  return { steps, triggers }
}

/** The section of the document's own title is only shown where something stands before the first heading. */
function withoutUnusedTop(drafts: Drafts, sections: TemplateSection[]): TemplateSection[] {
  const isUsed = [...drafts.items, ...drafts.steps, ...drafts.triggers].some(({ section }) => section === 0)
  return isUsed ? sections : sections.slice(1)
}

function titleOf(source: Source, drafts: Drafts): string {
  const written = drafts.sections[0]?.title
  if (written !== undefined && written !== '') return written
  const front =
    frontMatterValue({ text: source.text, key: 'title' }) ||
    frontMatterValue({ text: source.text, key: 'name' })
  return (
    front || drafts.sections[1]?.title || frontMatterValue({ text: source.text, key: 'about' }) || 'Checklist'
  )
}

function keptLines(source: Source, used: Set<number>): TemplateModel['keptAsText'] {
  const kept = []
  for (let line = 1; line <= lineCount(source); line++) {
    const text = lineText(source, line).trim()
    if (text !== '' && !used.has(line)) kept.push({ line, text: text.slice(0, TEXT_SHOWN) })
  }
  return kept
}

function tooMany(items: TemplateModel['items']): TemplateProblem[] {
  const first = items[LIMITS.templateItems]
  if (first === undefined) return []
  const message = `${items.length} items; a template has at most ${LIMITS.templateItems}`
  return [{ line: first.line, column: 1, message, fix: 'split the checklist into several templates' }]
}

/** A source that is not read at all: everything stays text, and the problem says why. */
function unread(source: Source, reason: { offset: number; message: string }): TemplateModel {
  const problem = { ...positionAt(source, reason.offset), message: reason.message, fix: null }
  return {
    v: 1,
    title: 'Checklist',
    sections: [],
    items: [],
    steps: [],
    triggers: [],
    roles: [],
    facts: [],
    meta: { version: null, updated: null },
    keptAsText: [],
    problems: [problem],
  }
}
