import type { Heading, RootContent } from 'mdast'
import { type Drafts, markUsed } from './drafts.ts'
import type { Span } from './items.ts'
import type { Source } from './source.ts'

/** What every step of the walk needs: the collected drafts and how to turn a node into offsets of the source. */
export type Walk = { drafts: Drafts; source: Source; base: number; titleNode: Heading | null }

export function spanOf(walk: Walk, node: RootContent): Span {
  return {
    start: (node.position?.start.offset ?? 0) + walk.base,
    end: (node.position?.end.offset ?? 0) + walk.base,
  }
}

/** Marks the lines of a node as understood. */
export function markNode(walk: Walk, node: RootContent): void {
  const { start, end } = spanOf(walk, node)
  markUsed(walk.drafts, start, end)
}
