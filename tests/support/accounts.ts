import { db } from '#lib/server/db.ts'
import { newId, newSecret, secretHash } from '#lib/server/ids.ts'
import type { AccountRole } from '#lib/shared/codes.ts'

/** A live session of an account, written past the door: the secret that its cookie carries, and its hash. */
export async function keepSession(userId: string): Promise<{ sid: string; idHash: Uint8Array<ArrayBuffer> }> {
  const sid = newSecret()
  const idHash = secretHash(sid)
  const now = new Date()
  await db().session.create({
    data: {
      idHash,
      userId,
      createdAt: now,
      lastSeenAt: now,
      absoluteExpiresAt: new Date(now.getTime() + 3_600_000),
      ip: '192.0.2.1',
      userAgent: 'test',
    },
  })
  return { sid, idHash }
}

/** Makes an account a member of a team, past the door, with the account role and the sign-off roles named; gives the member's id. */
export async function keepMember({
  teamId,
  userId,
  accountRole = 'member',
  roles = [],
}: {
  teamId: string
  userId: string
  accountRole?: AccountRole
  roles?: string[]
}): Promise<string> {
  const memberId = newId()
  await db().member.create({ data: { id: memberId, teamId, userId, accountRole, createdAt: new Date() } })
  const held = await db().signoffRole.findMany({ where: { teamId, name: { in: roles } } })
  await db().memberRole.createMany({ data: held.map(({ id }) => ({ teamId, memberId, roleId: id })) })
  return memberId
}
