import { type Actor, isMember } from '#lib/access/actor.ts'
import type { Facts } from '#lib/door/command.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'

export type TeamFacts = Facts & { teamId: string }

/** The stream and tenant of whoever acts inside a team: a member or Countersign itself; null for anybody else. */
export function teamFacts(actor: Actor): TeamFacts | null {
  if (isMember(actor)) return { stream: actor.team.streamId, teamId: actor.team.id }
  return actor.kind === 'system' && actor.team ? { stream: actor.team.streamId, teamId: actor.team.id } : null
}

/** Whose hand made a row: the member's id, or the system stream's id when Countersign itself did. */
export function creatorId(actor: Actor): string {
  return isMember(actor) ? actor.team.memberId : SYSTEM_STREAM
}

/** The network address of somebody not signed in, for rate limits. */
export function addressOf(actor: Actor): string {
  return actor.kind === 'anonymous' ? actor.ip : 'unknown'
}
