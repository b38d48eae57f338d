import type { Heading, Node } from 'mdast'
import { type Drafts, markUsed } from './drafts.ts'
import { findInlineComments } from './inline-comments.ts'
import type { Source, Span } from './source.ts'

/** What every step of the walk needs. */
export type Walk = { drafts: Drafts; source: Source; titleNode: Heading | null }

export function spanOf(node: Node): Span {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 }
}

/** Marks the lines of a node as understood. */
export function markNode(walk: Walk, node: Node): void {
  const { start, end } = spanOf(node)
  markUsed(walk.drafts, start, end)
}

/** Comments in the inline content of a part of the source. */
export function commentsIn({ source }: Walk, span: Span): Span[] {
  return findInlineComments({ text: source.text, ...span })
}
