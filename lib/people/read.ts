import type { Actor, PersonActor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'
import { env } from '#lib/server/env.ts'
import { secretHash } from '#lib/server/ids.ts'
import type { AccountRole } from '#lib/shared/codes.ts'
import { deviceName } from './device.ts'
import { type ResetLinkFacts, type ResetLinkState, resetLinkState } from './reset-link.ts'

export type MyTeam = {
  slug: string
  name: string
  sample: boolean
  accountRole: AccountRole
  roles: string[]
}

/** The teams that the person is an active member of, by name. */
export async function listMyTeams(actor: PersonActor): Promise<MyTeam[]> {
  const members = await db().member.findMany({
    where: { userId: actor.userId, deactivatedAt: null },
    select: {
      accountRole: true,
      team: { select: { slug: true, name: true, sample: true } },
      roles: { select: { role: { select: { name: true } } }, orderBy: { role: { name: 'asc' } } },
    },
    orderBy: { team: { name: 'asc' } },
  })
  return members.map(({ team, accountRole, roles }) => ({
    ...team,
    accountRole: accountRole as AccountRole,
    roles: roles.map(({ role }) => role.name),
  }))
}

export type MySession = {
  /** What `endSession` takes. */
  id: string
  current: boolean
  device: string
  address: string
  createdAt: string
  lastSeenAt: string
}

/** The person's live sessions, the one in use first, then the last seen. */
export async function listMySessions(actor: PersonActor): Promise<MySession[]> {
  const rows = await db().$queryRaw<
    { id: string; ip: string; user_agent: string; created_at: Date; last_seen_at: Date }[]
  >`
    SELECT encode(id_hash, 'hex') AS id, ip, user_agent, created_at, last_seen_at FROM session
    WHERE user_id = ${actor.userId}::uuid AND revoked_at IS NULL AND absolute_expires_at > clock_timestamp()
      AND last_seen_at > clock_timestamp() - make_interval(secs => ${env().IDLE_SECONDS}::int)
    ORDER BY encode(id_hash, 'hex') = ${actor.sessionIdHash} DESC, last_seen_at DESC LIMIT 100`
  return rows.map((row) => ({
    id: row.id,
    current: row.id === actor.sessionIdHash,
    device: deviceName(row.user_agent),
    address: row.ip,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
  }))
}

/** Whether anybody has an account yet; before that there is only the set-up page. Asked by nobody in particular. */
export async function isSetUp(_actor: Actor): Promise<boolean> {
  return (await db().user.findFirst({ select: { id: true } })) !== null
}

/** Whether a reset link still works; whoever holds it may know. */
export async function getResetLinkState(_actor: Actor, token: string): Promise<ResetLinkState> {
  const rows = await db().$queryRaw<(ResetLinkFacts & { now: Date })[]>`
    SELECT l.id, l.used_at AS "usedAt", l.expires_at AS "expiresAt", l.user_id AS "userId",
           u.deactivated_at IS NOT NULL AS deactivated, clock_timestamp() AS now
    FROM reset_link l JOIN user_account u ON u.id = l.user_id WHERE l.token_hash = ${secretHash(token)}`
  const row = rows[0]
  return row ? resetLinkState({ link: row, now: row.now }) : 'unknown'
}
