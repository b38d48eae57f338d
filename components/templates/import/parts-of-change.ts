import type { DiffPart } from '#components/ui/diff-text.tsx'

/** A line before and after as what stayed, went and came: the ends that are equal stay, all between them changed. */
export function partsOfChange({ before, after }: { before: string; after: string }): DiffPart[] {
  let start = 0
  const shorter = Math.min(before.length, after.length)
  while (start < shorter && before.charAt(start) === after.charAt(start)) start++
  let end = 0
  while (
    end < shorter - start &&
    before.charAt(before.length - 1 - end) === after.charAt(after.length - 1 - end)
  )
    end++
  const parts: DiffPart[] = [
    { kind: 'same', text: before.slice(0, start) },
    { kind: 'removed', text: before.slice(start, before.length - end) },
    { kind: 'added', text: after.slice(start, after.length - end) },
    { kind: 'same', text: before.slice(before.length - end) },
  ]
  return parts.filter(({ text }) => text !== '')
}
