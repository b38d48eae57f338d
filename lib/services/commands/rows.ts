import type { Tx } from '#lib/server/db.ts'

/** Locks a service of the team until the transaction ends: its environments and tokens are counted under it. */
export async function lockService({
  tx,
  teamId,
  slug,
}: {
  tx: Tx
  teamId: string
  slug: string
}): Promise<{ id: string; slug: string; name: string } | null> {
  const rows = await tx.$queryRaw<{ id: string; slug: string; name: string }[]>`
    SELECT id, slug, name FROM service WHERE team_id = ${teamId}::uuid AND slug = ${slug} AND archived_at IS NULL FOR NO KEY UPDATE`
  return rows[0] ?? null
}

/** Who saved an environment last, as the log tells it. */
export async function lastEnvironmentChange({
  tx,
  stream,
  environmentId,
}: {
  tx: Tx
  stream: string
  environmentId: string
}): Promise<{ name: string; at: string } | null> {
  const rows = await tx.$queryRaw<{ name: string; at_ms: bigint }[]>`
    SELECT actor ->> 'name' AS name, at_ms FROM audit_event
    WHERE stream = ${stream}::uuid AND action = 'service.environment_changed'
      AND canonical::jsonb -> 'data' ->> 'environmentId' = ${environmentId}
    ORDER BY seq DESC LIMIT 1`
  const row = rows[0]
  return row ? { name: row.name, at: new Date(Number(row.at_ms)).toISOString() } : null
}
