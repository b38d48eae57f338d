import type { Actor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'

export type TeamLink = { slug: string; name: string; sample: boolean }

/** The teams that a person is an active member of, by name; none for anybody else. */
export async function listTeams(actor: Actor): Promise<TeamLink[]> {
  if (actor.kind !== 'person') return []
  return db().team.findMany({
    where: { members: { some: { userId: actor.userId, deactivatedAt: null } } },
    orderBy: [{ sample: 'asc' }, { name: 'asc' }],
    select: { slug: true, name: true, sample: true },
  })
}
