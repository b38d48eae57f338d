import type { ImportReview } from '#lib/templates/review-import.ts'

/**
 * For each line of the text, from index 0, the line of what it became: an item with what stands under it, a heading, a step, a
 * role; null for text that is just text.
 */
export function lineOwners(review: ImportReview, lineCount: number): (number | null)[] {
  const starts = new Map<number, number>()
  for (const { line } of [...review.items, ...review.sections, ...review.triggers, ...review.roles])
    starts.set(line, line)
  const steps = new Map<number, number>()
  for (const { line, endLine } of review.steps) for (let at = line; at <= endLine; at++) steps.set(at, line)
  const headings = new Set(review.sections.map(({ line }) => line))
  const items = new Set(review.items.map(({ line }) => line))
  const kept = new Set(review.keptAsText.map(({ line }) => line))
  const owners: (number | null)[] = []
  let owner: number | null = null
  for (let line = 1; line <= lineCount; line++) {
    const step = steps.get(line)
    if (starts.has(line)) {
      owner = items.has(line) ? line : null
      owners.push(line)
    } else if (step !== undefined) owners.push(step)
    else if (kept.has(line)) {
      owner = null
      owners.push(line)
    } else owners.push(headings.has(line) ? line : owner)
  }
  return owners
}
