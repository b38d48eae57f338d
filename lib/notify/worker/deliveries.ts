import { hostname } from 'node:os'
import { db } from '#lib/server/db.ts'
import { hint } from '#lib/server/live-hint.ts'

/** Longer than both ways of sending have patience for: a letter whose lease ran out is nobody's. */
const LEASE_SECONDS = 60
/** Seconds before the next try, by the number of tries; the one after the last gives up. */
export const WAITS = [5, 30, 120, 600, 1_800] as const

export type ClaimedLetter = {
  id: string
  fence: number
  attempts: number
  number: number
  runId: string
  team: string
  teamId: string
  channel: 'mail' | 'webhook'
  target: string
  receiverId: string
  noticeId: string
  subject: string
  /** The text that the log commits to; null when it was erased. */
  letter: string | null
  sentBy: string
  sentAt: number
  expiresAt: number
  itemKey: string
  itemText: string
  stage: string
  environmentId: string
  secretNumber: number
  variables: Readonly<Record<string, string>>
  allowList: string[]
  /** The run goes on, the notice stands and this receiver's word is missing. */
  wanted: boolean
}

/** Leases letters that are due and that nobody holds. */
export async function claimLetters(most: number): Promise<ClaimedLetter[]> {
  const rows = await db().$queryRaw<ClaimedLetter[]>`
    WITH free AS (
      SELECT id FROM notice_delivery
      WHERE (state = 'queued' AND next_at <= clock_timestamp()) OR (state = 'sending' AND lease_until < clock_timestamp())
      ORDER BY next_at LIMIT ${most}::int FOR UPDATE SKIP LOCKED
    ), leased AS (
      UPDATE notice_delivery d SET state = 'sending', fence = d.fence + 1, attempts = d.attempts + 1,
        lease_until = clock_timestamp() + make_interval(secs => ${LEASE_SECONDS}::float8)
      FROM free WHERE d.id = free.id RETURNING d.*
    )
    SELECT l.id, l.fence, l.attempts, l.number, l.run_id AS "runId", t.slug AS team, t.id AS "teamId", x.channel, x.target, x.id AS "receiverId", n.id AS "noticeId",
      n.subject, body.body AS letter, n.sent_by_name AS "sentBy", (extract(epoch FROM n.sent_at) * 1000)::float8 AS "sentAt",
      (extract(epoch FROM n.expires_at) * 1000)::float8 AS "expiresAt", i.key AS "itemKey", i.text AS "itemText", i.stage,
      e.id AS "environmentId", e.webhook_secret_number AS "secretNumber", e.variables, e.allow_list AS "allowList",
      (r.state NOT IN ('closed', 'rolled_back', 'aborted') AND (i.fold -> 'notice' ->> 'id')::uuid = n.id AND x.acknowledged_at IS NULL
       AND n.expires_at > clock_timestamp()) IS TRUE AS wanted
    FROM leased l JOIN notice_receiver x ON x.id = l.receiver_id JOIN notice n ON n.id = x.notice_id JOIN run_item i ON i.id = n.item_id
    JOIN run r ON r.id = n.run_id JOIN environment e ON e.id = r.environment_id JOIN team t ON t.id = r.team_id
    LEFT JOIN audit_text body ON body.id = n.message_id`
  for (const { runId } of rows) hint(runId)
  return rows
}

type Held = { id: string; fence: number; runId: string }

/** Puts a letter back to be tried later. */
export async function tryLater(
  { id, fence, runId }: Held,
  { seconds, words }: { seconds: number; words: string },
): Promise<void> {
  await db().$executeRaw`
    UPDATE notice_delivery SET state = 'queued', lease_until = NULL, words = ${words},
      next_at = clock_timestamp() + make_interval(secs => ${seconds}::float8)
    WHERE id = ${id}::uuid AND fence = ${fence}::int AND state = 'sending'`
  hint(runId)
}

/** Ends a letter that nobody waits for any more. */
export async function dropLetter({ id, fence, runId }: Held): Promise<void> {
  await db().$executeRaw`
    UPDATE notice_delivery SET state = 'dropped', lease_until = NULL, ended_at = clock_timestamp(), words = 'nobody waits for it any more'
    WHERE id = ${id}::uuid AND fence = ${fence}::int AND state = 'sending'`
  hint(runId)
}

/** The right side of a message id: it has to be unique, not resolvable. */
export function messageHost(publicUrl: string): string {
  const { hostname: host } = new URL(publicUrl)
  return /^[\w.-]+$/.test(host) ? host : hostname()
}
