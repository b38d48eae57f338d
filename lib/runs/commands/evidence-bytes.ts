import type { SqlTx } from '#lib/server/sql.ts'

/** What the files of a run weigh, each content once, and whether one content is among them. */
export async function weighEvidence({
  tx,
  runId,
  sha256,
}: {
  tx: SqlTx
  runId: string
  sha256: string | null
}): Promise<{ evidenceBytes: number; isKnownFile: boolean }> {
  const rows = await tx.$queryRaw<{ bytes: number; known: boolean }[]>`
    SELECT coalesce(sum(bytes), 0)::int AS bytes, coalesce(bool_or(sha256 = ${sha256}::text), false) AS known
    FROM (SELECT sha256, bytes FROM run_report WHERE run_id = ${runId}::uuid
          UNION SELECT sha256, bytes FROM attachment WHERE run_id = ${runId}::uuid AND sha256 IS NOT NULL) f`
  return { evidenceBytes: rows[0]?.bytes ?? 0, isKnownFile: rows[0]?.known ?? false }
}
