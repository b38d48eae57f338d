import { databaseRole, pool } from './db.ts'

/** How the log is kept append-only: by a role without the right, by triggers alone, or not known before the first connection. */
export function appendOnly(): 'role' | 'trigger' | 'unknown' {
  const role = databaseRole()
  return role === 'unknown' ? 'unknown' : role === 'owner' ? 'trigger' : 'role'
}

const TIMEOUT_MS = 3_000

/** Asks the database something that it must read from a table; milliseconds, or why not. Never waits longer than 3 s. */
export async function askDatabase(): Promise<
  { ok: true; milliseconds: number } | { ok: false; reason: string }
> {
  const start = performance.now()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS)
  })
  const query = pool().query('SELECT seq FROM audit_stream LIMIT 1')
  // The loser of the race may still fail later; nobody listens to it then.
  query.catch(() => undefined)
  try {
    await Promise.race([query, late])
    return { ok: true, milliseconds: Math.round((performance.now() - start) * 10) / 10 }
  } catch (error) {
    const code = (error as { code?: unknown }).code
    return { ok: false, reason: typeof code === 'string' ? code : 'no answer' }
  } finally {
    clearTimeout(timer)
  }
}
