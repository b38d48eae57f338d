import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'

export type ArchiveFacts = Facts & {
  teamId: string
  existing: { id: string; slug: string; archived: boolean }
}

/** Archiving twice is the same as once. */
export function decideArchive(
  { existing }: ArchiveFacts,
  _input: unknown,
  { now }: Pick<DecideContext, 'now'>,
): Decision<{ id: string; at: Date }, { slug: string }> {
  const value = { slug: existing.slug }
  if (existing.archived) return { kind: 'unchanged', value }
  return {
    kind: 'changed',
    change: { id: existing.id, at: now },
    value,
    entries: [{ action: 'template.archived', data: { templateId: existing.id, slug: existing.slug } }],
  }
}
