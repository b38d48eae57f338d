import type { Heading, ListItem, Paragraph, Root, RootContent } from 'mdast'
import { attachAnnotations } from './attach.ts'
import { readFence, readHtml, readTable } from './blocks.ts'
import { DONE_BOX, isChoice, OPEN_BULLET } from './boxes.ts'
import { createDrafts, type Drafts, type ItemDraft, inlineText, markUsed } from './drafts.ts'
import { addLineItems } from './extra-forms.ts'
import { openPseudoHeading, readHeading, titleOfParagraph } from './headings.ts'
import { addListItem, detailOf } from './items.ts'
import { openSection } from './sections.ts'
import type { Span } from './source.ts'
import { lineAt, type Source } from './source.ts'
import { commentsIn, markNode, spanOf, type Walk } from './spans.ts'
import { plainTitle } from './titles.ts'
import { isTriggerHeading } from './triggers.ts'

/** Bullets that head the items under them lie deeper than any heading or bold line. */
const BULLET_DEPTH = 8
/** A bold line may stand above a query or a note before the list that it heads. */
const LOOK_AHEAD = 4

type Place = { section: number; depth: number; owner: ItemDraft | null }

/** Collects everything that the document's blocks hold, in document order. */
export function walkDocument({ source, root }: { source: Source; root: Root }): Drafts {
  const drafts = createDrafts(source)
  const headings = root.children.filter((node): node is Heading => node.type === 'heading')
  const top = headings.filter(({ depth }) => depth === 1)
  const titleNode = top.length === 1 && headings[0] === top[0] ? (top[0] ?? null) : null
  openSection(drafts, { from: null, depth: 0, title: '', line: 1, isTitle: true })
  walkNodes({ drafts, source, titleNode }, root.children, { section: 0, depth: 0, owner: null })
  return drafts
}

/** Walks the blocks of one container; a section that is opened in it ends with it. */
function walkNodes(walk: Walk, nodes: RootContent[], start: Place): void {
  const place = { ...start }
  nodes.forEach((node, index) => {
    if (node.type === 'heading') place.section = readHeading(walk, node, place.section)
    else if (node.type === 'paragraph') {
      const title = titleOfParagraph(walk, node, nodes.slice(index + 1, index + 1 + LOOK_AHEAD))
      if (title === null) paragraph(walk, node, place)
      else place.section = openPseudoHeading({ walk, node, title, from: place.section })
    } else if (node.type === 'list') {
      const span = spanOf(node)
      const hasOpen = node.children.some((item) => OPEN_BULLET.test(ownText(walk, item)))
      for (const item of node.children) listItem(walk, item, { ...place, list: span, hasOpen })
    } else if (node.type === 'code') readFence(walk, node, place.section)
    else if (node.type === 'table') readTable(walk, node, place)
    else if (node.type === 'html') readHtml(walk, node, place)
    else if (node.type === 'blockquote') walkNodes(walk, node.children, place)
    else if (node.type === 'thematicBreak') markNode(walk, node)
  })
}

function paragraph(walk: Walk, node: Paragraph, place: Place): void {
  const span = spanOf(node)
  if (place.owner === null)
    addLineItems({ drafts: walk.drafts, span, section: place.section, depth: place.depth })
  attachAnnotations({ drafts: walk.drafts, comments: commentsIn(walk, span), ...place })
}

function listItem(walk: Walk, node: ListItem, place: Place & { list: Span; hasOpen: boolean }): void {
  const { drafts, source } = walk
  const [first, ...rest] = node.children
  const span = spanOf(node)
  const item = first?.type === 'paragraph' ? itemOf(walk, node, first, span, place) : null
  const { section, depth, owner } = place
  const inTriggers = isTriggerHeading(drafts.sections[section]?.title ?? '')
  if (item !== null && first?.type === 'paragraph') {
    attachAnnotations({ drafts, comments: commentsIn(walk, spanOf(first)), section, owner: item })
    if (inTriggers && depth === 0) drafts.triggers.push({ text: item.text, line: item.line, section })
    walkNodes(walk, rest, { section, depth: depth + 1, owner: item })
    const to = lineAt(source, Math.max(span.start, span.end - 1))
    item.detail = detailOf({
      source,
      from: lineAt(source, Math.max(0, spanOf(first).end - 1)) + 1,
      to,
      without: drafts.used,
    })
    markUsed(drafts, span.start, span.end)
    return
  }
  if (first?.type === 'blockquote' && inTriggers && owner === null) {
    // "- > 10% errors" is a quotation to Markdown and a threshold to its author.
    const text = inlineText({ source, ...span }).replace(/^(?:[-*+]|\d+[.)])\s+/, '')
    drafts.triggers.push({ text, line: lineAt(source, span.start), section })
    markUsed(drafts, span.start, span.end)
  }
  if (first?.type !== 'paragraph') {
    walkNodes(walk, node.children, { section, depth, owner })
    return
  }
  const own = spanOf(first)
  const text = inlineText({ source, ...own })
  if (rest.length > 0 && /\[[ xX]\]\s/.test(source.text.slice(own.end, span.end)) && text !== '') {
    markUsed(drafts, own.start, own.end)
    const title = plainTitle(text)
    const line = lineAt(source, own.start)
    const inner = openSection(drafts, {
      from: section,
      depth: BULLET_DEPTH + depth,
      title,
      line,
      isTitle: false,
    })
    walkNodes(walk, rest, { section: inner, depth, owner: null })
    return
  }
  if (inTriggers && owner === null && text !== '') {
    drafts.triggers.push({ text, line: lineAt(source, own.start), section })
    markUsed(drafts, span.start, span.end)
  }
  walkNodes(walk, node.children, { section, depth, owner })
}

function itemOf(
  walk: Walk,
  node: ListItem,
  first: Paragraph,
  span: Span,
  place: Place & { hasOpen: boolean },
): ItemDraft | null {
  const { drafts, source } = walk
  const shared = { drafts, node, span, section: place.section, depth: place.depth }
  const paragraph = spanOf(first)
  if (typeof node.checked === 'boolean') {
    const start = source.text.indexOf('[', span.start)
    const box = { start, end: source.text.indexOf(']', start) + 1 }
    // The tree's paragraph begins with the box itself where a code span or comment follows it.
    const text = { start: Math.max(paragraph.start, box.end), end: paragraph.end }
    return addListItem({ ...shared, paragraph: text, box, checked: node.checked, form: 'task' })
  }
  const text = source.text.slice(paragraph.start, paragraph.end)
  if (isChoice(text)) return null
  const open = OPEN_BULLET.exec(text)
  const box = open ?? (place.hasOpen || text.startsWith('☑') ? DONE_BOX.exec(text) : null)
  if (box === null || text.slice(box[0].length).trim() === '') return null
  const end = paragraph.start + box[0].length
  return addListItem({
    ...shared,
    paragraph: { start: end, end: paragraph.end },
    box: { start: paragraph.start, end },
    checked: open === null,
    form: 'bullet',
  })
}

function ownText(walk: Walk, node: ListItem): string {
  const first = node.children[0]
  if (first?.type !== 'paragraph') return ''
  const { start } = spanOf(first)
  return walk.source.text.slice(start, start + 100)
}
