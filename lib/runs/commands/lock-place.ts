import type { Actor, TokenActor } from '#lib/access/actor.ts'
import type { Tx } from '#lib/server/db.ts'
import type { RunRow } from '../rows.ts'
import { RUN_COLUMNS } from './load-run.ts'

type Found = {
  teamId: string
  serviceId: string
  environmentId: string
  /** The live run, locked; null when none is open. */
  row: (RunRow & { number: number }) | null
}

/** The service and environment that a pipeline names, with the live run there. Null: absent, foreign, or not opened by its token. */
export async function lockPlace({
  tx,
  actor,
  place,
}: {
  tx: Tx
  actor: Actor & TokenActor
  place: { service: string; environment: string }
}): Promise<Found | null> {
  const places = await tx.$queryRaw<Omit<Found, 'row'>[]>`
    SELECT s.team_id AS "teamId", s.id AS "serviceId", e.id AS "environmentId"
    FROM service s JOIN environment e ON e.service_id = s.id
    WHERE s.team_id = ${actor.team.id}::uuid AND s.id = ${actor.serviceId}::uuid AND s.slug = ${place.service} AND e.slug = ${place.environment}
      AND (${actor.environmentId}::uuid IS NULL OR e.id = ${actor.environmentId}::uuid)`
  const found = places[0]
  if (!found) return null
  const live = await lockLive({ tx, ...found })
  if (live !== null) return { ...found, row: live }
  // Opening a run takes this lock too: either the run is there now, or whoever opens it finds what is pushed here.
  await tx.$executeRaw`SELECT FROM service WHERE id = ${found.serviceId}::uuid FOR SHARE`
  return { ...found, row: await lockLive({ tx, ...found }) }
}

async function lockLive({
  tx,
  serviceId,
  environmentId,
}: { tx: Tx } & Pick<Found, 'serviceId' | 'environmentId'>): Promise<Found['row']> {
  const rows = await tx.$queryRaw<(RunRow & { number: number })[]>`
    SELECT ${RUN_COLUMNS}, r.number
    FROM run r WHERE r.service_id = ${serviceId}::uuid AND r.environment_id = ${environmentId}::uuid
      AND r.state IN ('preparing', 'deploying', 'verifying', 'rolling_back')
    FOR NO KEY UPDATE OF r`
  return rows[0] ?? null
}
