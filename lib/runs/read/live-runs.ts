import type { MemberActor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'
import type { RunState } from '#lib/shared/codes.ts'

/** A run that is not over, in a line. Times are milliseconds. */
export type LiveRun = {
  id: string
  service: { slug: string; name: string }
  environment: { slug: string; name: string }
  number: number
  state: RunState
  version: string
  commit: string
  changeTicket: string | null
  windowStart: number | null
  windowEnd: number | null
  openedBy: string
  openedAt: number
  /** Required prepare items. */
  items: { total: number; settled: number; failed: number }
  /** Slots, and those with a standing signature that is not stale. */
  slots: { total: number; signed: number }
  sample: boolean
}

/** The team's live runs, the latest opened first: one statement. */
export async function listLiveRuns(actor: MemberActor): Promise<LiveRun[]> {
  return db().$queryRaw<LiveRun[]>`
    SELECT r.id, jsonb_build_object('slug', s.slug, 'name', s.name) AS service,
      jsonb_build_object('slug', e.slug, 'name', e.name) AS environment,
      r.number, r.state, r.version, r.commit, r.change_ticket AS "changeTicket",
      (extract(epoch FROM r.window_start) * 1000)::float8 AS "windowStart", (extract(epoch FROM r.window_end) * 1000)::float8 AS "windowEnd",
      r.opened_by_name AS "openedBy", (extract(epoch FROM r.opened_at) * 1000)::float8 AS "openedAt",
      (SELECT jsonb_build_object('total', count(*), 'settled', count(*) FILTER (WHERE i.state IN ('passed', 'not_applicable', 'waived')),
                'failed', count(*) FILTER (WHERE i.state = 'failed'))
       FROM run_item i WHERE i.run_id = r.id AND i.kind = 'item' AND i.stage = 'prepare' AND i.required) AS items,
      (SELECT jsonb_build_object('total', count(*), 'signed', count(so.id))
       FROM run_slot sl LEFT JOIN signoff so ON so.run_id = sl.run_id AND so.role = sl.role AND so.superseded_at IS NULL
         AND so.stale_at IS NULL AND so.decision IN ('go', 'conditional_go')
       WHERE sl.run_id = r.id) AS slots,
      t.sample
    FROM run r JOIN service s ON s.id = r.service_id JOIN environment e ON e.id = r.environment_id JOIN team t ON t.id = r.team_id
    WHERE r.team_id = ${actor.team.id}::uuid AND r.state IN ('preparing', 'deploying', 'verifying', 'rolling_back')
    ORDER BY r.opened_at DESC, r.id DESC`
}
