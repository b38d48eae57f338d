import type { Actor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'

export type FoundRun = { team: string; service: string; number: number }

/** Where a run lives, by its id, for a person who is an active member of its team; null for everybody else. */
export async function getRunAddress(actor: Actor, runId: string): Promise<FoundRun | null> {
  if (actor.kind !== 'person') return null
  const rows = await db().$queryRaw<FoundRun[]>`
    SELECT t.slug AS team, s.slug AS service, r.number
    FROM run r JOIN team t ON t.id = r.team_id JOIN service s ON s.id = r.service_id
    JOIN member m ON m.team_id = r.team_id AND m.user_id = ${actor.userId}::uuid AND m.deactivated_at IS NULL
    WHERE r.id = ${runId}::uuid`
  return rows[0] ?? null
}
