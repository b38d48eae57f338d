import { LIMITS } from '#lib/shared/limits.ts'
import { type Json, ok, type Result, refuse } from '#lib/shared/result.ts'
import { sizeWords } from '#lib/shared/size-words.ts'
import { db, type Tx } from './db.ts'

/** A person's unsent words: a machine table, read and written by that person alone. Sizes in bytes of JSON in UTF-8. */
export const DRAFT_BYTES = LIMITS.templateBytes * 2
/** Older ones beyond these are dropped: drafts are for what is being written, not a store. */
export const DRAFTS_PER_PERSON = 200
export const DRAFT_BYTES_PER_PERSON = DRAFT_BYTES * 5

const KEY = /^[\w:.@-]{1,200}$/

/** True for a name that a draft can have: letters, digits and `_ : . @ -`, at most 200. */
export function isDraftKey(key: string): boolean {
  return KEY.test(key)
}

export async function readDraft({
  userId,
  key,
}: {
  userId: string
  key: string
}): Promise<{ value: Json; updatedAt: string } | null> {
  const row = await db().draft.findUnique({ where: { userId_key: { userId, key } } })
  return row ? { value: JSON.parse(row.body), updatedAt: row.updatedAt.toISOString() } : null
}

/** Keeps the draft, replacing the one before. Refuses what is larger than DRAFT_BYTES. */
export async function writeDraft({
  userId,
  key,
  value,
}: {
  userId: string
  key: string
  value: Json
}): Promise<Result<null>> {
  const body = JSON.stringify(value)
  if (Buffer.byteLength(body) > DRAFT_BYTES) {
    return refuse({
      code: 'too_large',
      message: `A draft may have at most ${sizeWords(DRAFT_BYTES)}; this one stays in the page only.`,
    })
  }
  await db().$executeRaw`
    INSERT INTO draft (user_id, key, body, updated_at) VALUES (${userId}::uuid, ${key}, ${body}, clock_timestamp())
    ON CONFLICT (user_id, key) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at`
  await db().$executeRaw`
    DELETE FROM draft WHERE user_id = ${userId}::uuid AND key IN (
      SELECT key FROM (
        SELECT key, row_number() OVER newer AS place, sum(octet_length(body)) OVER newer AS bytes FROM draft
        WHERE user_id = ${userId}::uuid WINDOW newer AS (ORDER BY updated_at DESC, key)) kept
      WHERE place > ${DRAFTS_PER_PERSON}::int OR bytes > ${DRAFT_BYTES_PER_PERSON}::int)`
  return ok(null)
}

export async function deleteDraft({ userId, key }: { userId: string; key: string }): Promise<void> {
  await db().draft.deleteMany({ where: { userId, key } })
}

/** Changes everybody's drafts of one name, in the transaction of what made it necessary. */
export async function rewriteDrafts({
  tx,
  key,
  rewrite,
}: {
  tx: Tx
  key: string
  rewrite: (value: Json) => Json
}): Promise<void> {
  const rows = await tx.$queryRaw<{ userId: string; body: string }[]>`
    SELECT user_id AS "userId", body FROM draft WHERE key = ${key} FOR UPDATE`
  for (const { userId, body } of rows) {
    const next = JSON.stringify(rewrite(JSON.parse(body)))
    await tx.$executeRaw`UPDATE draft SET body = ${next} WHERE user_id = ${userId}::uuid AND key = ${key}`
  }
}
