import type { Actor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'

export type PushPlace = { live: { runId: string; number: number; commit: string } | null }

/** What is live where a pipeline wants to push; null when the place is absent, foreign, or not opened by its token. */
export async function getPushPlace(
  actor: Actor,
  { service, environment }: { service: string; environment: string },
): Promise<PushPlace | null> {
  if (actor.kind !== 'token') return null
  const rows = await db().$queryRaw<{ run_id: string | null; number: number; commit: string }[]>`
    SELECT r.id AS run_id, r.number, r.commit
    FROM service s JOIN environment e ON e.service_id = s.id
    LEFT JOIN run r ON r.service_id = s.id AND r.environment_id = e.id AND r.state IN ('preparing', 'deploying', 'verifying', 'rolling_back')
    WHERE s.team_id = ${actor.team.id}::uuid AND s.id = ${actor.serviceId}::uuid AND s.slug = ${service} AND e.slug = ${environment}
      AND (${actor.environmentId}::uuid IS NULL OR e.id = ${actor.environmentId}::uuid)`
  const row = rows[0]
  if (!row) return null
  return { live: row.run_id === null ? null : { runId: row.run_id, number: row.number, commit: row.commit } }
}
