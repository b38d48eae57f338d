import type { MemberActor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'

/** Names of the sign-off roles of the team, by name. */
export async function listSignoffRoles(actor: MemberActor): Promise<string[]> {
  const roles = await db().signoffRole.findMany({
    where: { teamId: actor.team.id },
    select: { name: true },
    orderBy: { name: 'asc' },
  })
  return roles.map(({ name }) => name)
}
