import { db } from '#lib/server/db.ts'
import { newId, newSecret, secretHash } from '#lib/server/ids.ts'
import type { TestTeam } from '#tests/commands/teams/people.ts'
import { cookieOf } from './signed-http.ts'

export type SignedIn = {
  name: string
  userId: string
  memberId: string
  sid: string
  idHash: Uint8Array<ArrayBuffer>
  cookie: string
}

/** Members of a team with a session each, all holding every sign-off role; written in bulk and past the door. */
export async function signInMany(team: TestTeam, count: number): Promise<SignedIn[]> {
  const now = new Date()
  const ends = new Date(now.getTime() + 12 * 3_600_000)
  const people = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const sid = newSecret()
      const idHash = secretHash(sid)
      const name = `Person ${index + 1}`
      return { name, userId: newId(), memberId: newId(), sid, idHash, cookie: await cookieOf(sid) }
    }),
  )
  await db().user.createMany({
    data: people.map(({ userId, name }) => ({
      id: userId,
      name,
      email: `${userId}@example.com`,
      passwordHash: 'none',
      passwordChangedAt: now,
      createdAt: now,
    })),
  })
  await db().session.createMany({
    data: people.map(({ userId, idHash }) => ({
      idHash,
      userId,
      createdAt: now,
      lastSeenAt: now,
      absoluteExpiresAt: ends,
      ip: '192.0.2.1',
      userAgent: 'test',
    })),
  })
  await db().member.createMany({
    data: people.map(({ userId, memberId }) => ({
      id: memberId,
      teamId: team.teamId,
      userId,
      accountRole: 'member',
      createdAt: now,
    })),
  })
  const roles = await db().signoffRole.findMany({ where: { teamId: team.teamId } })
  await db().memberRole.createMany({
    data: people.flatMap(({ memberId }) =>
      roles.map(({ id }) => ({ teamId: team.teamId, memberId, roleId: id })),
    ),
  })
  return people
}
