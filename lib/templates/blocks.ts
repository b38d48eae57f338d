import type { Code, Html, Table } from 'mdast'
import { commentsBetween } from './annotations.ts'
import { attachAnnotations } from './attach.ts'
import { isCommandFence, splitSteps } from './command-blocks.ts'
import { type Drafts, type ItemDraft, markUsed } from './drafts.ts'
import { addTableItems } from './extra-forms.ts'
import { readSignoffTable } from './signoff-table.ts'
import { isSignoffHeading } from './signoff-words.ts'
import { lineAt } from './source.ts'
import { commentsIn, markNode, spanOf, type Walk } from './spans.ts'
import { splitRow } from './table-row.ts'
import { isTriggerHeading } from './triggers.ts'

/** Steps of a fence of commands; any other fence stays prose or detail. */
export function readFence(walk: Walk, node: Code, section: number): void {
  const { drafts, source } = walk
  const span = spanOf(node)
  const isFenced = /[`~]/.test(source.text.charAt(span.start))
  if (!isFenced || !isCommandFence({ lang: node.lang ?? null, content: node.value })) return
  const found = splitSteps(node.value)
  if (found.length === 0) return
  markUsed(drafts, span.start, span.end)
  const block = ++drafts.blocks
  const firstLine = lineAt(source, span.start) + 1
  for (const { title, commands, firstLine: first, lastLine } of found) {
    const lines = { line: firstLine + first, endLine: firstLine + lastLine }
    drafts.steps.push({ section, ordinal: ++drafts.ordinal, title, commands, ...lines, block })
  }
}

/** Role slots of a sign-off table, or the items of a table with boxes. */
export function readTable(walk: Walk, node: Table, place: { section: number; depth: number }): void {
  const { drafts, source } = walk
  const underSignoff = isUnderSignoff(drafts, place.section)
  const rows = readSignoffTable({ source, table: node, underSignoff })
  if (rows !== null) drafts.roles.push(...rows)
  const isUsed =
    rows !== null ||
    addTableItems({ drafts, table: node, section: place.section, depth: place.depth }) ||
    addTableTriggers(walk, node, place.section)
  if (isUsed) markNode(walk, node)
  attachAnnotations({ drafts, comments: commentsIn(walk, spanOf(node)), section: place.section, owner: null })
}

/** "Metric | Threshold | Action" under a heading about triggers: one for each row, its cells side by side. */
function addTableTriggers({ drafts, source }: Walk, table: Table, section: number): boolean {
  if (!isTriggerHeading(drafts.sections[section]?.title ?? '')) return false
  for (const row of table.children.slice(1)) {
    const { start, end } = spanOf(row)
    const cells = splitRow(source.text.slice(start, end)).map(({ text }) => text)
    const text = cells.filter((cell) => cell !== '').join(' · ')
    if (text !== '') drafts.triggers.push({ text, line: lineAt(source, start), section })
  }
  return true
}

/** Annotations in a block of HTML; comments are understood, other HTML stays text. */
export function readHtml(walk: Walk, node: Html, place: { section: number; owner: ItemDraft | null }): void {
  const { start, end } = spanOf(node)
  let from = start
  let hasMore = false
  for (const comment of commentsBetween({ text: walk.source.text, start, end })) {
    hasMore ||= walk.source.text.slice(from, comment.start).trim() !== ''
    from = comment.end
  }
  if (!hasMore && walk.source.text.slice(from, end).trim() === '') markNode(walk, node)
  attachAnnotations({
    drafts: walk.drafts,
    comments: [{ start, end }],
    section: place.section,
    owner: place.owner,
  })
}

function isUnderSignoff(drafts: Drafts, section: number): boolean {
  for (let index: number | null = section; index !== null; index = drafts.sections[index]?.parent ?? null) {
    if (isSignoffHeading(drafts.sections[index]?.title ?? '')) return true
  }
  return false
}
