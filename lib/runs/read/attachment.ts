import type { MemberActor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'

export type AttachedFile = { fileId: string; sha256: string; bytes: number; name: string }

/** A file of one of the team's runs, to be downloaded; withdrawn ones too, they are part of the record. Null: absent or foreign. */
export async function getAttachedFile(
  actor: MemberActor,
  { runId, attachmentId }: { runId: string; attachmentId: string },
): Promise<AttachedFile | null> {
  const rows = await db().$queryRaw<(Omit<AttachedFile, 'name'> & { name: string | null })[]>`
    SELECT a.file_id AS "fileId", a.sha256, a.bytes, x.body AS name
    FROM attachment a JOIN audit_text x ON x.id = a.label_text_id
    WHERE a.id = ${attachmentId}::uuid AND a.run_id = ${runId}::uuid AND a.team_id = ${actor.team.id}::uuid AND a.file_id IS NOT NULL`
  const row = rows[0]
  return row ? { ...row, name: row.name ?? 'file' } : null
}
