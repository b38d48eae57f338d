import type { Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { frontMatterEnd } from './front-matter.ts'

/**
 * Emphasis, links and images are not wanted for structure, and resolving them takes quadratic time for hostile text. Code
 * spans and inline HTML stay, because a comment inside back-ticks is no annotation.
 */
const STRUCTURE_ONLY = { disable: { null: ['attention', 'labelEnd', 'labelStartImage', 'labelStartLink'] } }

const DEEPEST = 24
const MOST_CONTAINERS = 20_000

export type Tree =
  | { ok: true; root: Root; base: number; bodyLine: number }
  | { ok: false; offset: number; message: string }

export type MarkdownNode = RootContent

/**
 * The block structure of a CommonMark + GFM text. `base` is what must be added to the tree's offsets: the parser counts
 * neither a byte order mark nor the front matter before the body.
 */
export function parseTree(text: string): Tree {
  const tooMuch = findExcess(text)
  if (tooMuch !== null) return { ok: false, ...tooMuch }
  const mark = text.startsWith('\uFEFF') ? 1 : 0
  const base = mark + frontMatterEnd(text.slice(mark))
  const root = fromMarkdown(text.slice(base), {
    extensions: [gfmTable(), gfmTaskListItem(), STRUCTURE_ONLY],
    mdastExtensions: [gfmTableFromMarkdown(), gfmTaskListItemFromMarkdown()],
  })
  return { ok: true, root, base, bodyLine: text.slice(0, base).split(/\r\n|\n|\r/).length }
}

/** Nesting is paid for line by line and level by level, so a small file could otherwise hold the server for minutes. */
function findExcess(text: string): { offset: number; message: string } | null {
  let containers = 0
  let offset = 0
  while (offset < text.length) {
    const depth = markersAt(text, offset)
    containers += depth
    if (depth > DEEPEST) return { offset, message: `more than ${DEEPEST} lists or quotes inside each other` }
    if (containers > MOST_CONTAINERS)
      return {
        offset,
        message: `more than ${MOST_CONTAINERS.toLocaleString('en')} list items and quote lines`,
      }
    const next = /[\r\n]/g
    next.lastIndex = offset
    const end = next.exec(text)
    offset = end === null ? text.length : end.index + 1
  }
  return null
}

/** How many list and quote markers stand at the start of the line that begins at `offset`. */
function markersAt(text: string, offset: number): number {
  const marker = /[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))/y
  let count = 0
  marker.lastIndex = offset
  while (marker.test(text)) count++
  return count
}
