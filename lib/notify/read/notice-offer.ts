import type { MemberActor } from '#lib/access/actor.ts'
import { loadAround } from '#lib/notify/commands/load-notice.ts'
import type { NoticeOffer } from '#lib/notify/notice-offer.ts'
import { noticeBody, noticeDraft, noticeSubject } from '#lib/notify/notice-text.ts'
import { receiversOf } from '#lib/notify/receivers.ts'
import { type ItemRow, type RunRow, ruleItem, ruleRun } from '#lib/runs/rows.ts'
import { db } from '#lib/server/db.ts'

/** What sending an item's notice now would say, and to whom. Null: absent, foreign, or an item without a notice. */
export async function getNoticeOffer(
  actor: MemberActor,
  { runId, key }: { runId: string; key: string },
): Promise<NoticeOffer | null> {
  const rows = await db().$queryRaw<{ run: RunRow; item: ItemRow; now: number }[]>`
    SELECT to_jsonb(r) || jsonb_build_object('author_id', author_of(r)) AS run, to_jsonb(i) AS item,
           (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now
    FROM run r JOIN run_item i ON i.run_id = r.id
    WHERE r.team_id = ${actor.team.id}::uuid AND r.id = ${runId}::uuid AND i.key = ${key}`
  const [row] = rows
  const config = row?.item.notice
  if (!row || !config) return null
  const found = await loadAround({ tx: db(), run: ruleRun(row.run), item: ruleItem(row.item) })
  if (!found) return null
  const { about, around } = found
  const message = noticeDraft({ about, config })
  const placeholder = '\u0000'
  const [before = '', after = ''] = noticeBody({
    about,
    message: placeholder,
    by: actor.name,
    at: Math.floor(row.now),
  }).split(placeholder)
  return {
    subject: noticeSubject(about),
    message,
    before,
    after,
    need: config.need,
    receivers: receiversOf(config, around).map(({ label, problem }) => ({ label, problem })),
  }
}
