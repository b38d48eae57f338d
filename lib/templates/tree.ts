import type { Node, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { findCut, findExcess } from './cuts.ts'
import { frontMatterEnd } from './front-matter.ts'

/** Inline marks say nothing about structure, and resolving them takes quadratic time for hostile text. */
const INLINE = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'hardBreakEscape',
]
const STRUCTURE_ONLY = {
  disable: { null: [...INLINE, 'htmlText', 'labelEnd', 'labelStartImage', 'labelStartLink'] },
}

/** Some constructs cost the square of the text's length, so the text is cut where blocks begin. */
const PIECE = 8_192

export type Tree = { ok: true; root: Root; bodyLine: number } | { ok: false; offset: number; message: string }

/**
 * The block structure of a CommonMark + GFM text, inline content left as text. Offsets count in the whole text: the parser
 * itself would count neither a byte order mark nor the front matter before the body.
 */
export function parseTree(text: string): Tree {
  const tooMuch = findExcess(text)
  if (tooMuch !== null) return { ok: false, ...tooMuch }
  const mark = text.startsWith('\uFEFF') ? 1 : 0
  const base = mark + frontMatterEnd(text.slice(mark))
  const children: RootContent[] = []
  let start = base
  let size = PIECE
  while (start < text.length) {
    const cut = findCut({ text, from: start + size })
    const piece = text.slice(start, cut)
    const nodes = parsePiece(piece)
    if (cut < text.length && mayGoOn(nodes.at(-1), piece)) {
      size *= 2
      continue
    }
    for (const node of nodes) shift(node, start)
    append({ text, children, nodes })
    start = cut
    size = PIECE
  }
  return {
    ok: true,
    root: { type: 'root', children },
    bodyLine: text.slice(0, base).split(/\r\n|\n|\r/).length,
  }
}

function parsePiece(piece: string): RootContent[] {
  return fromMarkdown(piece, {
    extensions: [gfmTable(), gfmTaskListItem(), STRUCTURE_ONLY],
    mdastExtensions: [gfmTableFromMarkdown(), gfmTaskListItemFromMarkdown()],
  }).children
}

/** A fence that is not closed, or any HTML, could reach over the cut; every other block ends before it. */
function mayGoOn(last: RootContent | undefined, piece: string): boolean {
  if (last?.type === 'html') return true
  if (last?.type !== 'code') return false
  const written = piece.slice(last.position?.start.offset ?? 0, last.position?.end.offset ?? 0)
  const fence = /^(?:`{3,}|~{3,})/.exec(written)?.[0]
  if (fence === undefined) return false
  const lines = written.split(/\r\n|\n|\r/)
  const end = lines.length > 1 ? (lines.at(-1) ?? '').trim() : ''
  return !(end.length >= fence.length && end === fence.charAt(0).repeat(end.length))
}

/** Two pieces of one list are one list again. */
function append(input: { text: string; children: RootContent[]; nodes: RootContent[] }): void {
  const { text, children, nodes } = input
  const [first, ...rest] = nodes
  const last = children.at(-1)
  if (first?.type === 'list' && last?.type === 'list' && markerOf(text, first) === markerOf(text, last)) {
    for (const item of first.children) last.children.push(item)
    if (last.position !== undefined && first.position !== undefined) last.position.end = first.position.end
  } else if (first !== undefined) children.push(first)
  for (const node of rest) children.push(node)
}

/** Lists go on while the bullet or the delimiter behind the number stays the same. */
function markerOf(text: string, list: Node): string {
  const start = list.position?.start.offset ?? 0
  return text
    .slice(start, start + 11)
    .replace(/^\d{1,9}/, '')
    .charAt(0)
}

/** Moves a node and all inside it. Points may be shared between nodes, so each gets its own. */
function shift(root: Node, by: number): void {
  const stack: Node[] = [root]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const { position } = node
    if (position !== undefined) {
      node.position = {
        start: { ...position.start, offset: (position.start.offset ?? 0) + by },
        end: { ...position.end, offset: (position.end.offset ?? 0) + by },
      }
    }
    if ('children' in node && Array.isArray(node.children)) stack.push(...node.children)
  }
}
