import type { List, ListItem } from 'mdast'
import { type Drafts, type ItemDraft, inlineText } from './drafts.ts'
import { withoutComments } from './inline-comments.ts'
import type { ItemForm } from './model.ts'
import { lineAt, lineEnd, lineStart, lineText, type Source, type Span } from './source.ts'

/** Adds the item that a task list item or a bullet with a box glyph is; the caller walks what stands under it. */
export function addListItem(input: {
  drafts: Drafts
  node: ListItem
  span: Span
  paragraph: Span
  box: Span
  checked: boolean
  form: Extract<ItemForm, 'task' | 'bullet'>
  section: number
  depth: number
}): ItemDraft {
  const { drafts, node, span, paragraph, box } = input
  const { source } = drafts
  const lastLine = lineAt(source, Math.max(paragraph.start, paragraph.end - 1))
  const children = node.children.find((child): child is List => child.type === 'list')
  const item: ItemDraft = {
    section: input.section,
    form: input.form,
    ordinal: ++drafts.ordinal,
    text: inlineText({ source, ...paragraph }),
    start: span.start,
    line: lineAt(source, box.start),
    lastLine,
    checked: input.checked,
    depth: input.depth,
    endLine: lineAt(source, Math.max(span.start, span.end - 1)),
    told: { owner: null, expected: null },
    detail: null,
    place: {
      boxStart: box.start,
      boxEnd: box.end,
      evidenceAt: lineEnd(source, lastLine),
      evidencePrefix: childPrefix({ source, children }) ?? `${blankedPrefix(source, box.start)}- `,
    },
    annotations: [],
  }
  drafts.items.push(item)
  return item
}

/** Evidence lines up with the bullets that are already there, or a nested bullet would become the evidence's child. */
function childPrefix(input: { source: Source; children: List | undefined }): string | null {
  const start = input.children?.children[0]?.position?.start.offset
  if (start === undefined) return null
  const marker = input.source.text.charAt(start)
  return `${blankedPrefix(input.source, start)}${/[-*+]/.test(marker) ? marker : '-'} `
}

/** What stands before `offset` on its line, markers of lists turned into blanks; quote marks and tabs stay. */
function blankedPrefix(source: Source, offset: number): string {
  return source.text
    .slice(lineStart(source, lineAt(source, offset)), offset)
    .replace(/\uFEFF/g, '')
    .replace(/[^>\s]/g, ' ')
}

/**
 * Markdown of what stands under an item, nested items, steps and annotations left out and the indentation taken away;
 * null when nothing is left.
 */
export function detailOf(input: {
  source: Source
  from: number
  to: number
  without: Set<number>
}): string | null {
  const lines: string[] = []
  for (let line = input.from; line <= input.to; line++) {
    if (input.without.has(line)) continue
    const text = lineText(input.source, line)
    lines.push(withoutComments({ text, start: 0, end: text.length }).trimEnd())
  }
  const indents = lines.filter((text) => text !== '').map((text) => /^[ \t]*/.exec(text)?.[0].length ?? 0)
  const common = indents.reduce((least, indent) => Math.min(least, indent), Number.POSITIVE_INFINITY)
  const detail = lines
    .map((text) => text.slice(Number.isFinite(common) ? common : 0))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '')
  return detail === '' ? null : detail
}
