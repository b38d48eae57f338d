import type { Tx } from '#lib/server/db.ts'

/** Attempts of the team that wait or run. Counted under a lock of its own, because two runs of one team start probes under two locks. */
export async function countActive({ tx, teamId }: { tx: Tx; teamId: string }): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`probes ${teamId}`}, 0))`
  const rows = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM probe_attempt WHERE team_id = ${teamId}::uuid AND state IN ('queued', 'running')`
  return rows[0]?.count ?? 0
}
