import { type Actor, isMember } from '#lib/access/actor.ts'

/** Whose hand it was: the member's id; null when Countersign itself did. */
export function memberIdOf(actor: Actor): string | null {
  return isMember(actor) ? actor.team.memberId : null
}
