import type { Heading, Paragraph, RootContent } from 'mdast'
import { attachAnnotations } from './attach.ts'
import { OPEN_BOX, OPEN_LINE } from './boxes.ts'
import { isCommandFence } from './command-blocks.ts'
import { type ItemDraft, inlineText } from './drafts.ts'
import { openSection } from './sections.ts'
import type { Span } from './source.ts'
import { lineAt, lineEnd } from './source.ts'
import { commentsIn, markNode, spanOf, type Walk } from './spans.ts'
import { boldTitle, plainTitle } from './titles.ts'
import { isTriggerHeading } from './triggers.ts'

/** A bold line heads less than any heading does. */
const BOLD_DEPTH = 7

/** Opens the section of a heading, and the item where the heading carries a box. Returns the section's index. */
export function readHeading(walk: Walk, node: Heading, from: number): number {
  const { drafts, source } = walk
  const span = spanOf(node)
  markNode(walk, node)
  const content = contentSpan(node) ?? { start: span.end, end: span.end }
  const written = inlineText({ source, ...content })
  const box = /^\[[ xX]\](?=\s)/.exec(written)?.[0] ?? OPEN_BOX.exec(written)?.[0]
  const text = box === undefined ? written : written.slice(box.length).trim()
  const isTitle = node === walk.titleNode
  const section = isTitle
    ? 0
    : openSection(drafts, {
        from,
        depth: node.depth,
        title: plainTitle(text),
        line: lineAt(source, span.start),
        isTitle: false,
      })
  const root = drafts.sections[0]
  if (isTitle && root !== undefined)
    Object.assign(root, { title: plainTitle(text), line: lineAt(source, span.start) })
  const item =
    box === undefined || text === '' ? null : headingItem(walk, { span, content, box, text, section })
  attachAnnotations({ drafts, comments: commentsIn(walk, span), section, owner: item })
  return section
}

function headingItem(
  walk: Walk,
  {
    span,
    content,
    box,
    text,
    section,
  }: { span: Span; content: Span; box: string; text: string; section: number },
): ItemDraft {
  const { drafts, source } = walk
  const boxStart = source.text.indexOf(box.charAt(0), content.start)
  const lastLine = lineAt(source, Math.max(span.start, span.end - 1))
  const item: ItemDraft = {
    section,
    form: 'heading',
    ordinal: ++drafts.ordinal,
    text,
    start: span.start,
    line: lineAt(source, span.start),
    lastLine,
    checked: /x/i.test(box),
    depth: 0,
    endLine: lastLine,
    told: { owner: null, expected: null },
    detail: null,
    place: {
      boxStart,
      boxEnd: boxStart + box.length,
      evidenceAt: lineEnd(source, lastLine),
      evidencePrefix: '- ',
    },
    annotations: [],
  }
  drafts.items.push(item)
  return item
}

/** The title of a paragraph that stands for a heading: a bold line, or a line about triggers, above what it heads. */
export function titleOfParagraph(walk: Walk, node: Paragraph, following: RootContent[]): string | null {
  const next = following[0]
  if (next === undefined) return null
  const span = spanOf(node)
  if (span.end - span.start > 200) return null
  const text = inlineText({ source: walk.source, ...span })
  const bold = boldTitle(text)
  if (isTriggerHeading(text) && next.type === 'list' && (bold !== null || text.endsWith(':')))
    return plainTitle(text)
  if (bold === null) return null
  if (next.type === 'code' && isCommandFence({ lang: next.lang ?? null, content: next.value })) return bold
  return headsItems(walk, following) ? bold : null
}

/** True where boxes come next, at most a query, a comment or a line that leads over to them in between. */
function headsItems(walk: Walk, following: RootContent[]): boolean {
  for (const node of following) {
    const { start, end } = spanOf(node)
    const text = walk.source.text.slice(start, end)
    if (node.type === 'list') return /\[[ xX]?\]\s|[☐⬜🔲□▢]/u.test(text)
    if (node.type === 'table') return /\|\s*(?:\[ ?\]|☐|⬜|🔲|□|▢|:white_large_square:)/u.test(text)
    if (node.type === 'paragraph') {
      if (OPEN_LINE.test(text)) return true
      if (boldTitle(inlineText({ source: walk.source, start, end })) !== null || !/[:：]\s*$/u.test(text))
        return false
    } else if (node.type !== 'code' && node.type !== 'html') return false
  }
  return false
}

/** Opens the section of a paragraph that stands for a heading. Returns its index. */
export function openPseudoHeading(input: {
  walk: Walk
  node: Paragraph
  title: string
  from: number
}): number {
  const { walk, node, title, from } = input
  markNode(walk, node)
  const line = lineAt(walk.source, spanOf(node).start)
  const section = openSection(walk.drafts, { from, depth: BOLD_DEPTH, title, line, isTitle: false })
  attachAnnotations({ drafts: walk.drafts, comments: commentsIn(walk, spanOf(node)), section, owner: null })
  return section
}

function contentSpan(node: Heading): Span | null {
  const first = node.children[0]
  const last = node.children.at(-1)
  if (first === undefined || last === undefined) return null
  return { start: spanOf(first).start, end: spanOf(last).end }
}
