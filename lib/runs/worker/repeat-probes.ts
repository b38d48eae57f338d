import { runCommand } from '#lib/door/run-command.ts'
import { db } from '#lib/server/db.ts'
import { startProbes } from '../commands/start-probes.ts'
import { dueKeys, REPEAT, type Repeatable, USUAL_SHELF_SECONDS } from '../repeat-rule.ts'
import { COUNTERSIGN } from './run-attempt.ts'

type Row = { team: string; service: string; number: number; now: number } & (
  | Repeatable
  | { key: string; lookId: null }
)

/** What opens a run or a stage starts its probes itself, within a second or two. */
const OPENING_SECONDS = 15

/**
 * Items of open runs in which somebody did something of late, or is looking now, whose probe does not look now, and has looked before or
 * was never started: when the run was opened the team's places were taken, or nobody was there to start it. The stages are those that `renewalObstacle` leaves open. A sample's runs stay as they were written.
 */
async function listRepeatable(): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    WITH open_run AS (
      SELECT r.id, r.state, r.number, t.slug AS team, s.slug AS service,
        greatest(r.opened_at, r.started_at, r.deployed_at, r.rollback_at) < clock_timestamp() - make_interval(secs => ${OPENING_SECONDS}::float8) AS settled
      FROM run r JOIN team t ON t.id = r.team_id JOIN service s ON s.id = r.service_id
      WHERE r.state IN ('preparing', 'deploying', 'verifying', 'rolling_back') AND NOT t.sample AND (
        greatest(r.opened_at, r.started_at, r.deployed_at, r.rollback_at,
          (SELECT max(e.at) FROM evidence e WHERE e.run_id = r.id AND e.member_id IS NOT NULL),
          (SELECT max(so.signed_at) FROM signoff so WHERE so.run_id = r.id),
          (SELECT max(a.requested_at) FROM probe_attempt a WHERE a.run_id = r.id AND a.requested_by IS NOT NULL)
        ) > clock_timestamp() - make_interval(secs => ${REPEAT.idle}::float8)
        OR EXISTS (SELECT FROM presence p WHERE p.run_id = r.id AND p.seen_at > clock_timestamp() - interval '10 seconds'))
    ), probed AS (
      SELECT o.team, o.service, o.number, i.ordinal, i.key, i.fold, i.probe,
        CASE WHEN i.probe_hash IS NULL THEN i.fold -> 'shadow' ELSE i.fold -> 'attempt' END AS look,
        CASE WHEN i.probe_hash IS NULL THEN coalesce((i.probe ->> 'shelfSeconds')::float8, ${USUAL_SHELF_SECONDS}::float8)
          ELSE i.shelf_life_seconds END AS shelf,
        o.settled AND NOT EXISTS (SELECT FROM probe_attempt a WHERE a.item_id = i.id) AS missed
      FROM open_run o JOIN run_item i ON i.run_id = o.id
      WHERE (i.probe_hash IS NOT NULL OR i.shadow_hash IS NOT NULL) AND i.state <> 'not_applicable'
        AND CASE i.stage WHEN 'prepare' THEN o.state IN ('preparing', 'deploying')
          WHEN 'deploy' THEN o.state = 'deploying' OR i.kind = 'item' AND o.state <> 'rolling_back'
          WHEN 'verify' THEN o.state = 'verifying' WHEN 'rollback' THEN o.state = 'rolling_back' ELSE false END
        AND NOT EXISTS (SELECT FROM probe_attempt a WHERE a.item_id = i.id AND (a.state IN ('queued', 'running')
          OR a.state = 'lost' AND a.ended_at > clock_timestamp() - interval '1 hour'))
    )
    SELECT team, service, number, key, (look ->> 'at')::float8 AS "lookedAt", look ->> 'id' AS "lookId",
      (fold -> 'regressed' ->> 'passes')::float8 AS "passesSince", shelf AS "shelfSeconds", (probe ->> 'everySeconds')::float8 AS "everySeconds",
      (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now
    FROM probed WHERE look ->> 'id' IS NOT NULL OR missed ORDER BY ordinal`
}

/**
 * Looks again at what grows old, and for the first time at what was missed, as long as somebody works on the run. Harmless in several
 * workers at once: an item that is looked at is left out, and a refusal (the team's places are taken, the run has moved on) is for the
 * next round.
 */
export async function repeatProbes(): Promise<void> {
  const rows = await listRepeatable()
  const runs = Map.groupBy(rows, ({ team, service, number }) => `${team}/${service}/${number}`)
  for (const items of runs.values()) {
    const [first] = items
    if (first === undefined) continue
    const { team, service, number, now } = first
    const looked = items.filter((item) => item.lookId !== null)
    const missed = items.filter((item) => item.lookId === null).map(({ key }) => key)
    const rounds = [
      { keys: missed.slice(0, REPEAT.mostAtOnce), cause: 'opening' },
      { keys: dueKeys({ items: looked, now }), cause: 'schedule' },
    ] as const
    for (const { keys, cause } of rounds) {
      if (keys.length === 0) continue
      await runCommand(startProbes, {
        principal: COUNTERSIGN,
        input: { team, service, number, keys, cause },
      })
    }
  }
}
