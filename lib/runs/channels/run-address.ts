import { db } from '#lib/server/db.ts'

export type FoundRun = { team: string; service: string; number: number }

/** Where a run lives, by its id; says nothing of who may see it: the caller mints the actor inside that team next. */
export async function findRunAddress(runId: string): Promise<FoundRun | null> {
  const rows = await db().$queryRaw<FoundRun[]>`
    SELECT t.slug AS team, s.slug AS service, r.number
    FROM run r JOIN team t ON t.id = r.team_id JOIN service s ON s.id = r.service_id WHERE r.id = ${runId}::uuid`
  return rows[0] ?? null
}
