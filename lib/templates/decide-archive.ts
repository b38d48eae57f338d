import type { AuditEntries } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'

export type ArchiveFacts = Facts & {
  teamId: string
  existing: { id: string; slug: string; archived: boolean }
}

type Archived = Decision<{ id: string; at: Date | null }, { slug: string }>

/** Archiving twice is the same as once. */
export function decideArchive(
  { existing }: ArchiveFacts,
  _input: unknown,
  { now }: Pick<DecideContext, 'now'>,
): Archived {
  const { id, slug, archived } = existing
  if (archived) return { kind: 'unchanged', value: { slug } }
  const entries: AuditEntries = [{ action: 'template.archived', data: { templateId: id, slug } }]
  return { kind: 'changed', change: { id, at: now }, value: { slug }, entries }
}

/** Back on the list of what runs are opened of. */
export function decideUnarchive({ existing }: ArchiveFacts): Archived {
  const { id, slug, archived } = existing
  if (!archived) return { kind: 'unchanged', value: { slug } }
  const entries: AuditEntries = [{ action: 'template.unarchived', data: { templateId: id, slug } }]
  return { kind: 'changed', change: { id, at: null }, value: { slug }, entries }
}
