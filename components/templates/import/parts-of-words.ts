import { diffWords } from 'diff'
import type { DiffPart } from '#components/ui/diff-text.tsx'

/** Two wordings in one line: what went is struck through, what came is underlined. */
export function partsOfWords(before: string, after: string): DiffPart[] {
  return diffWords(before, after).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))
}
