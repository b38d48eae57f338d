import { db } from './db.ts'

/** Clears what machine tables hold beyond its use. Safe to run in several processes at once. */
export async function keepHouse(): Promise<void> {
  await db().$executeRaw`DELETE FROM idempotency WHERE at < clock_timestamp() - interval '24 hours'`
  await db().$executeRaw`DELETE FROM rate_limit WHERE window_end < clock_timestamp()`
  await db().$executeRaw`DELETE FROM presence WHERE seen_at < clock_timestamp() - interval '1 minute'`
  await db().$executeRaw`DELETE FROM draft WHERE updated_at < clock_timestamp() - interval '30 days'`
  // What waited for a run of its commit and got none; for how long is said in lib/runs/decide-keep.ts.
  await db().$executeRaw`DELETE FROM kept_report WHERE at < clock_timestamp() - interval '7 days'`
  // Uploads that broke off, and files that no record took; what a record took is held by its foreign key as well.
  await db().$executeRaw`
    DELETE FROM stored_file f WHERE f.kept_at < clock_timestamp() - interval '1 day'
      AND NOT EXISTS (SELECT FROM run_report r WHERE r.file_id = f.id)
      AND NOT EXISTS (SELECT FROM kept_report k WHERE k.file_id = f.id)
      AND NOT EXISTS (SELECT FROM attachment a WHERE a.file_id = f.id)`
}
