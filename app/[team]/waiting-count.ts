import type { MemberActor } from '#lib/access/actor.ts'

/** How much waits for this member, for the bar; undefined shows no number. */
export async function waitingCount(_actor: MemberActor): Promise<number | undefined> {
  return undefined
}
