import type { MemberActor } from '#lib/access/actor.ts'
import type { EarlierItem, EarlierItems } from '#lib/runs/earlier-item.ts'
import { db } from '#lib/server/db.ts'

const SHOWN = 5

type Row = Omit<EarlierItem, 'last'> & { service: string; by: string | null; at: Date | null }

/**
 * The item of this key in the last runs of the same service before this one. Runs come by service and number, items by run
 * and key: both are unique indexes. Empty: there was none, or the run is absent or foreign.
 */
export async function getEarlierItems(
  actor: MemberActor,
  { runId, key }: { runId: string; key: string },
): Promise<EarlierItems> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT s.slug AS service, r.number, r.version, env.name AS environment, i.text, i.state, i.grade, e.by_name AS by, e.at
    FROM run here
    JOIN service s ON s.id = here.service_id
    JOIN run r ON r.service_id = here.service_id AND r.number < here.number
    JOIN environment env ON env.id = r.environment_id
    JOIN run_item i ON i.run_id = r.id AND i.key = ${key}
    LEFT JOIN LATERAL (SELECT by_name, at FROM evidence WHERE item_id = i.id ORDER BY n DESC LIMIT 1) e ON true
    WHERE here.team_id = ${actor.team.id}::uuid AND here.id = ${runId}::uuid
    ORDER BY r.number DESC LIMIT ${SHOWN}`
  return {
    team: actor.team.slug,
    service: rows[0]?.service ?? '',
    rows: rows.map(({ service: _, by, at, ...row }) => ({
      ...row,
      last: by === null || at === null ? null : { by, at: at.getTime() },
    })),
  }
}
