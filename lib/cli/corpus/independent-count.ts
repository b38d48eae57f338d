import type { Nodes, Paragraph, Root, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'

export type IndependentCount = { tasks: number; extra: number }

const OPEN = /^(?:☐|⬜|□|▢|🔲|◻|❏|❑|❒)/u
const DONE = /^(?:☑|☒|✅|✔|🗹)/u
const OPEN_LINE = /^(?:\[ ?\](?=\s|$)|(?:☐|⬜|□|▢|🔲|◻|❏|❑|❒))/u
const DONE_LINE = /^(?:\[[xX]\](?=\s|$)|(?:☑|☒|✅|✔|🗹))/u
const BOX = /☐|⬜|□|▢|🔲|◻|\[ ?\]/gu

/**
 * Counts what the importer should find with a second pair of eyes: all of GFM as its reference parser reads it, nothing of the
 * importer's own code. `tasks` are GFM's task list items, `extra` the further forms that docs/templates.md lists.
 */
export function countIndependently(text: string): IndependentCount {
  const mark = text.startsWith('\uFEFF') ? 1 : 0
  const body = text
    .slice(mark)
    .replace(/^---[ \t]*\r?\n[\s\S]{0,5000}?\n---[ \t]*(?:\r?\n|$)/, (front) =>
      /^[ \t]*[-*+] \[[ xX]\]/m.test(front) ? front : front.replace(/[^\r\n]/g, ' '),
    )
  const root = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  const count: IndependentCount = { tasks: 0, extra: 0 }
  visit(root, { body, count, underItem: false })
  return count
}

type Walk = { body: string; count: IndependentCount; underItem: boolean }

function visit(node: Root | Nodes, walk: Walk): void {
  const { body, count } = walk
  let { underItem } = walk
  if (
    node.type === 'heading' &&
    /^(?:\[[ xX]\]\s+\S|[☐⬜🔲])/u.test(sourceOf(body, node).replace(/^#+\s*/, ''))
  )
    count.extra++
  else if (node.type === 'table') count.extra += rowsWithBoxes(body, node)
  else if (node.type === 'paragraph' && !underItem) count.extra += linesWithBoxes(body, node)
  else if (node.type === 'list') {
    const starts = node.children.map((item) => ownText(body, item.children[0]))
    const hasOpen = starts.some((start) => OPEN.test(start))
    for (const [index, item] of node.children.entries()) {
      const start = starts[index] ?? ''
      const isTask = typeof item.checked === 'boolean'
      const isOpen = OPEN.test(start) || /^\[\](?=\s)/.test(start)
      const isBox =
        !isTask &&
        (start.match(BOX) ?? []).length < 2 &&
        (isOpen || ((hasOpen || start.startsWith('☑')) && DONE.test(start)))
      if (isTask) count.tasks++
      else if (isBox) count.extra++
      for (const [position, child] of item.children.entries())
        if (position > 0 || child.type !== 'paragraph' || !(isTask || isBox))
          visit(child, { ...walk, underItem: isTask || isBox || underItem })
    }
    return
  } else if (node.type === 'blockquote' || node.type === 'root') underItem = walk.underItem
  if ('children' in node && node.type !== 'table' && node.type !== 'paragraph' && node.type !== 'heading')
    for (const child of node.children) visit(child, { ...walk, underItem })
}

function rowsWithBoxes(body: string, table: Table): number {
  const [, ...rows] = table.children
  const cells = rows.map((row) =>
    row.children.map((cell) =>
      sourceOf(body, cell)
        .replace(/^\||\|$/g, '')
        .trim(),
    ),
  )
  const columns = new Set<number>()
  let open = 0
  let boxes = 0
  for (const row of cells) {
    row.forEach((cell, column) => {
      if ((cell.match(BOX) ?? []).length > 1) return
      const isOpen = OPEN_LINE.test(cell)
      if (!isOpen && !/^(?:☑|☒|✅|✔)️?$|^\[[xX]\]/u.test(cell)) return
      columns.add(column)
      boxes++
      if (isOpen) open++
    })
  }
  return columns.size === 1 && open > 0 ? boxes : 0
}

function linesWithBoxes(body: string, paragraph: Paragraph): number {
  const lines = sourceOf(body, paragraph)
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/^[\s>]+/, ''))
    .filter((line) => (line.match(BOX) ?? []).length < 2)
  const open = lines.filter((line) => OPEN_LINE.test(line) && line.replace(OPEN_LINE, '').trim() !== '')
  const done = lines.filter((line) => DONE_LINE.test(line) && line.replace(DONE_LINE, '').trim() !== '')
  return open.length === 0 ? 0 : open.length + done.length
}

function ownText(body: string, node: Nodes | undefined): string {
  return node?.type === 'paragraph' ? sourceOf(body, node) : ''
}

function sourceOf(body: string, node: Nodes): string {
  return body.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
}
