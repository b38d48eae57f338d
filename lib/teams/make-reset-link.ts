import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { type NewResetLink, newResetLink } from '#lib/people/reset-link.ts'
import type { AccountRole } from '#lib/shared/codes.ts'
import type { MemberFacts } from './roster.ts'

export type ResetFacts = Facts & {
  teamId: string
  member: MemberFacts
  /** The person administers this instance. */
  instanceAdmin: boolean
  /** The person's other active memberships, each with the actor's own account role in that team. */
  elsewhere: { accountRole: AccountRole; actorRole: AccountRole | null }[]
  secret: string
  tokenHash: Uint8Array<ArrayBuffer>
  /** Null: made by Countersign itself. */
  creator: string | null
}

const RANK: Partial<Record<AccountRole, number>> = { owner: 2, admin: 1 }

/**
 * A link by which a person sets a new password. Accounts are global, so it opens every team that the person is in: it is
 * made only by somebody who might make it in each of those teams.
 */
export function decideMakeResetLink(
  facts: ResetFacts,
  _input: unknown,
  { actor, now, newId }: DecideContext,
): Decision<NewResetLink, { token: string; expiresAt: string }> {
  const { member } = facts
  if (member.deactivated)
    return refused('deactivated', `${member.name} is deactivated. Reactivate them first.`)
  if (actor.kind === 'person' && actor.userId === member.userId) {
    return refused(
      'own_account',
      'This is your own account: change your password on your own page, where the old one is asked for.',
    )
  }
  if (facts.instanceAdmin && !(actor.kind === 'person' && actor.instanceAdmin)) {
    return refused(
      'forbidden',
      `${member.name} administers this Countersign; only another administrator of it may make this link.`,
    )
  }
  const above = facts.elsewhere.every(
    (place) => (RANK[place.actorRole ?? 'member'] ?? 0) >= (place.accountRole === 'owner' ? 2 : 1),
  )
  if (!above && !(actor.kind === 'person' && actor.instanceAdmin)) {
    return refused(
      'forbidden',
      `${member.name} is in another team too, which you do not manage. Ask the administrator of this Countersign.`,
    )
  }
  const link = newResetLink({
    id: newId(),
    userId: member.userId,
    tokenHash: facts.tokenHash,
    createdBy: facts.creator,
    now,
  })
  return {
    kind: 'changed',
    change: link,
    value: { token: facts.secret, expiresAt: link.expiresAt.toISOString() },
    entries: [{ action: 'team.reset_link_made', data: { memberId: member.id, name: member.name } }],
  }
}
