import { db } from '#lib/server/db.ts'

/** As many as go in one statement: its locks are short. */
const BATCH = 500

/**
 * Lets go of what the worker repeated by itself, found unchanged, and nothing stands on: beyond the last hundred of each item and probe. Which
 * those are is the database's rule (`may_sweep_observation`), which its trigger holds everybody to. Returns how many went.
 */
export async function sweepObservations(): Promise<number> {
  let gone = 0
  for (;;) {
    const count = await db().$executeRaw`
      DELETE FROM observation d USING (
        SELECT o.id FROM (
          SELECT item_id, config_hash FROM observation WHERE repeated GROUP BY item_id, config_hash HAVING count(*) > 100
        ) crowded JOIN observation o ON o.item_id = crowded.item_id AND o.config_hash = crowded.config_hash
        WHERE o.repeated AND may_sweep_observation(o) ORDER BY o.at LIMIT ${BATCH}::int
      ) old WHERE d.id = old.id`
    gone += count
    if (count < BATCH) return gone
  }
}

/** Attempts are how work was queued; what they saw has rows of its own. Those that the worker repeated are many, and go first. */
export async function sweepEndedAttempts(): Promise<void> {
  await db().$executeRaw`
    DELETE FROM probe_attempt WHERE state IN ('done', 'cancelled', 'lost')
      AND ended_at < clock_timestamp() - CASE WHEN cause = 'schedule' THEN interval '1 day' ELSE interval '7 days' END`
}
