import type { MemberActor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'

/** A run's id (and that of its stream) and the texts of its items by key, or null when it is not in the actor's team. */
export async function getRunNames(
  actor: MemberActor,
  { service, number }: { service: string; number: number },
): Promise<{ id: string; texts: Map<string, string> } | null> {
  const found = await db().service.findUnique({
    where: { teamId_slug: { teamId: actor.team.id, slug: service } },
    select: { id: true },
  })
  const run = found
    ? await db().run.findUnique({
        where: { serviceId_number: { serviceId: found.id, number } },
        select: { id: true, items: { select: { key: true, text: true } } },
      })
    : null
  return run ? { id: run.id, texts: new Map(run.items.map(({ key, text }) => [key, text])) } : null
}
