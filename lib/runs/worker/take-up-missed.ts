import { runCommand } from '#lib/door/run-command.ts'
import { db } from '#lib/server/db.ts'
import { takeUpReports, WAITS_FOR_RUN } from '../commands/take-up-reports.ts'
import { COUNTERSIGN } from './run-attempt.ts'

/** What opens a run takes up by itself what waits for it, within a second or two. */
const OPENING_SECONDS = 15

/**
 * Takes up what still waits for an open run: the database was not there, or the process ended, when the run was opened. What a run
 * has no room for goes on waiting, and is weighed again in each round.
 */
export async function takeUpMissed(): Promise<void> {
  const rows = await db().$queryRaw<{ runId: string; team: string }[]>`
    SELECT r.id AS "runId", t.slug AS team FROM run r JOIN team t ON t.id = r.team_id
    WHERE r.state IN ('preparing', 'deploying', 'verifying', 'rolling_back') AND NOT t.sample
      AND r.opened_at < clock_timestamp() - make_interval(secs => ${OPENING_SECONDS}::float8)
      AND EXISTS (SELECT FROM kept_report k WHERE ${WAITS_FOR_RUN})`
  for (const input of rows) await runCommand(takeUpReports, { principal: COUNTERSIGN, input })
}
