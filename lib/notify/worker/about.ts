import { loadAround } from '#lib/notify/commands/load-notice.ts'
import type { NoticeAbout } from '#lib/notify/notice-text.ts'
import { type RunRow, ruleRun } from '#lib/runs/rows.ts'
import { db } from '#lib/server/db.ts'
import type { Stage } from '#lib/shared/codes.ts'
import type { ClaimedLetter } from './deliveries.ts'

/** What a letter is about; its release is the run's, because a letter about another one is no longer wanted. */
export async function aboutOf({
  runId,
  itemKey,
  itemText,
  stage,
}: ClaimedLetter): Promise<NoticeAbout | null> {
  const rows = await db().$queryRaw<RunRow[]>`
    SELECT id, state, version, commit, artifact_digest, NULL AS author_id, author_name, template_hash, window_start, window_end
    FROM run WHERE id = ${runId}::uuid`
  const [row] = rows
  if (!row) return null
  const item = { key: itemKey, text: itemText, stage: stage as Stage }
  return (await loadAround({ tx: db(), run: ruleRun(row), item }))?.about ?? null
}
