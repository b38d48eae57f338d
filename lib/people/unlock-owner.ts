import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { type NewResetLink, newResetLink } from './reset-link.ts'

export type UnlockFacts = Facts & {
  user: { id: string; email: string; deactivated: boolean; instanceAdmin: boolean }
  /** The teams that the person owns, each with the names of its other active owners. */
  teams: { name: string; otherOwners: string[] }[]
  tokenHash: Uint8Array<ArrayBuffer>
  token: string
}

/**
 * The console's way in for an owner whom nobody else can help. Where another owner could make the link on the members
 * page, the console refuses: that way leaves a name in the log. Nobody but another administrator of the instance could
 * help an administrator, so for them the console always may.
 */
export function decideUnlockOwner(
  facts: UnlockFacts,
  _input: unknown,
  { now, newId }: Pick<DecideContext, 'now' | 'newId'>,
): Decision<NewResetLink, { token: string; expiresAt: string }> {
  const { user, teams } = facts
  if (user.deactivated) return refused('deactivated', `The account ${user.email} is deactivated.`)
  if (teams.length === 0 && !user.instanceAdmin) {
    return refused(
      'no_owner',
      `${user.email} owns no team. An owner or admin of their team can make a reset link on its members page.`,
    )
  }
  const helper = teams.flatMap((team) => team.otherOwners.map((name) => ({ name, team: team.name })))[0]
  if (helper && !user.instanceAdmin && teams.every((team) => team.otherOwners.length > 0)) {
    return refused(
      'not_sole',
      `${user.email} is not the only owner: ${helper.name} can make a reset link on the members page of ${helper.team}.`,
    )
  }
  const link = newResetLink({
    id: newId(),
    userId: user.id,
    tokenHash: facts.tokenHash,
    createdBy: null,
    now,
  })
  return {
    kind: 'changed',
    change: link,
    value: { token: facts.token, expiresAt: link.expiresAt.toISOString() },
    entries: [{ action: 'account.owner_unlocked', data: { userId: user.id } }],
  }
}
