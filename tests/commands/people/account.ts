import { randomUUID } from 'node:crypto'
import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { signIn } from '#lib/people/commands/sign-in.ts'
import { db } from '#lib/server/db.ts'
import { newId, secretHash } from '#lib/server/ids.ts'
import { hashPassword } from '#lib/server/passwords.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'

export const PASSWORD = 'wandering otter quilt'

/** An account with PASSWORD; its own address, so that the limits of one test never meet another's. */
export async function makeAccount(
  more: { deactivatedAt?: Date; instanceAdmin?: boolean; name?: string } = {},
): Promise<{ id: string; email: string }> {
  const [id, now] = [newId(), new Date()]
  const email = `${randomUUID()}@example.org`
  const passwordHash = await hashPassword(PASSWORD)
  await db().user.create({
    data: { id, email, name: 'Ana', passwordHash, passwordChangedAt: now, createdAt: now, ...more },
  })
  return { id, email }
}

let last = 0
/** An address of one's own per call: limits count per network. */
export function freshIp(): string {
  last += 1
  return `198.51.${Math.floor(last / 250)}.${last % 250}`
}

export async function attempt({
  email,
  password = PASSWORD,
  ip = freshIp(),
  before,
}: {
  email: string
  password?: string
  ip?: string
  before?: string
}) {
  const input = {
    email,
    password,
    userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/140.0',
    ...(before ? { before } : {}),
  }
  return runCommand(signIn, { principal: { kind: 'anonymous', ip }, input })
}

/** Signs in for sure. */
export async function signedIn(
  email: string,
  before?: string,
): Promise<{ sid: string; principal: Principal & { kind: 'session' } }> {
  const result = await attempt({ email, ...(before ? { before } : {}) })
  if (!result.ok || !result.value.value.signedIn) throw new Error(`not signed in: ${JSON.stringify(result)}`)
  const { sid } = result.value.value
  return { sid, principal: { kind: 'session', idHash: secretHash(sid) } }
}

export async function isLive(principal: Principal): Promise<boolean> {
  return (await mintActor({ principal, team: null })) !== 'not_signed_in'
}

export type Line = { action: string; data: Record<string, unknown> }

/** The last `count` lines of the system stream. */
export async function lastLines(count: number): Promise<Line[]> {
  const rows = await db().auditEvent.findMany({
    where: { stream: SYSTEM_STREAM },
    orderBy: { seq: 'desc' },
    take: count,
  })
  return rows.reverse().map((row) => JSON.parse(row.canonical) as Line)
}

/** Puts a session's times back by so many seconds: what waiting would have done. */
export async function age(
  principal: Principal & { kind: 'session' },
  { seen = 0, absolute = 0 }: { seen?: number; absolute?: number },
): Promise<void> {
  await db().$executeRaw`
    UPDATE session SET last_seen_at = last_seen_at - make_interval(secs => ${seen}::float8),
                       absolute_expires_at = absolute_expires_at - make_interval(secs => ${absolute}::float8)
    WHERE id_hash = ${principal.idHash}`
}

/** Lets the counters of the whole table age by so many seconds. */
export async function ageLimits(seconds: number): Promise<void> {
  await db()
    .$executeRaw`UPDATE rate_limit SET window_end = window_end - make_interval(secs => ${seconds}::float8)`
}
