import { type Sql, type SqlTx, sql } from '#lib/server/sql.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import { ok, type Refusal, type Result, refuse } from '#lib/shared/result.ts'
import type { Committed } from './command.ts'

export type Remembered = { principal: string; key: string; requestHash: string }

const REUSED: Refusal = {
  code: 'idempotency_key_reused',
  message: 'This request id was used before for something else. Reload the page and try again.',
}

// A stored hash of something a person can remember could be guessed from the database.
const SECRETS = new Set(['password', 'currentPassword', 'newPassword', 'secret', 'secrets'])

/** SHA-256 over the command's name and its parsed input, passwords and secrets left out. */
export function requestHash(request: { name: string; input: unknown }): string {
  return sha256Hex(
    JSON.stringify([request.name, request.input], (key, value) => (SECRETS.has(key) ? undefined : value)),
  )
}

/** The answer given before under the same key, or null. Only committed answers are remembered: a refusal may be retried. */
export async function recall<Value>({
  tx,
  remembered,
}: {
  tx: SqlTx
  remembered: Remembered
}): Promise<Result<Committed<Value>> | null> {
  const rows = await tx.$queryRaw<{ request_hash: string; response: Committed<Value> }[]>`
    SELECT request_hash, response FROM idempotency WHERE principal = ${remembered.principal} AND key = ${remembered.key}`
  const row = rows[0]
  if (!row) return null
  return row.request_hash === remembered.requestHash ? ok(row.response) : refuse(REUSED)
}

/** Written in the change's own transaction: two requests with one key meet at the primary key, and the later one recalls. */
export function remembering({
  remembered,
  committed,
  now,
}: {
  remembered: Remembered
  committed: unknown
  now: Date
}): Sql {
  return sql`
    INSERT INTO idempotency (principal, key, request_hash, response, at)
    VALUES (${remembered.principal}, ${remembered.key}, ${remembered.requestHash}, ${JSON.stringify(committed)}::jsonb, ${now})`
}
