import type { ReportFacts } from './facts.ts'
import { FORMATS, type ReportFormat } from './formats.ts'

type Written = { format: ReportFormat; facts: ReportFacts }

/**
 * Which tool's look a report is. What one tool found says nothing of what another would, so of findings the newest of each counts;
 * everywhere else a report replaces the one before it, whatever wrote it, and so this is null. The version makes no other tool.
 */
export function toolKey({ format, facts }: Written): readonly unknown[] | null {
  if (facts.meaning !== 'findings') return null
  return [format, format === 'sarif' ? (facts.tools ?? facts.tool) : null]
}

const LINE = 60

/** What people call it, short enough for a line that says more than it. */
export function toolTitle({ format, facts }: Written): string {
  if (facts.meaning !== 'findings') return FORMATS[format].title
  const [first, ...more] = facts.tools ?? []
  if (first === undefined) return facts.tool ?? FORMATS[format].title
  const all = [first, ...more].join(', ')
  return more.length === 0 || all.length <= LINE ? all : `${first} and ${more.length} more`
}
