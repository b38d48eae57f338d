import type { AuditEntries } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { AccountRole } from '#lib/shared/codes.ts'
import { INVITATION_CLOSED, type InvitationFacts, invitationState } from './invitation.ts'
import { isTeamFull, TEAM_FULL } from './roster.ts'

export type AcceptFacts = Facts & {
  teamId: string
  invitation: InvitationFacts
  team: { slug: string; roles: { id: string; name: string }[] }
  /** The account with the invited address. */
  account: { userId: string; deactivated: boolean } | null
  /** That account's membership here, from before. */
  membership: { deactivated: boolean } | null
  members: number
  /** Null when no password was checked, because the person is signed in. */
  passwordHash: string | null
}

export type NewUser = {
  id: string
  email: string
  name: string
  passwordHash: string
  passwordChangedAt: Date
  createdAt: Date
}
export type AcceptChange = {
  users: NewUser[]
  member: { id: string; teamId: string; userId: string; accountRole: AccountRole; createdAt: Date }
  roles: { teamId: string; memberId: string; roleId: string }[]
  invitationId: string
  acceptedAt: Date
}

/**
 * A link makes one member. Somebody new gets an account with it; whoever has an account joins as that account, signed in:
 * a link must never set the password of an account that exists.
 */
export function decideAcceptInvitation(
  facts: AcceptFacts,
  input: { name?: string | undefined },
  { actor, now, newId }: DecideContext,
): Decision<AcceptChange, { team: string; memberId: string; newAccount: boolean }> {
  const { invitation, account } = facts
  const state = invitationState({ invitation, now })
  if (state !== 'open') return refused(`invitation_${state}`, INVITATION_CLOSED[state])
  if (facts.membership) {
    return facts.membership.deactivated
      ? refused(
          'deactivated',
          'You were a member of this team and are deactivated. Ask an owner or admin to reactivate you.',
        )
      : refused('already_member', 'You are a member of this team already.')
  }
  if (isTeamFull(facts.members)) return refused('team_full', TEAM_FULL)
  const signedIn = actor.kind === 'person'
  if (signedIn && actor.email !== invitation.email) {
    return refused(
      'other_account',
      `This invitation is for ${invitation.email}, and you are signed in as ${actor.email}. Sign out and open the link again.`,
    )
  }
  if (!signedIn && account) {
    return account.deactivated
      ? refused(
          'deactivated',
          'The account with this address is deactivated. Ask the administrator of this Countersign.',
        )
      : refused(
          'sign_in_first',
          'You have an account here with this address. Sign in, and the invitation is waiting.',
        )
  }
  const name = signedIn ? actor.name : (input.name ?? '').trim()
  if (name === '')
    return refused('invalid', 'Some fields need another value.', {
      fields: { name: 'Give your name, as it shall stand beside your signature.' },
    })
  if (!signedIn && facts.passwordHash === null) {
    return refused('invalid', 'Some fields need another value.', {
      fields: { password: 'Choose a password.' },
    })
  }
  const userId = signedIn ? actor.userId : newId()
  const memberId = newId()
  const users: NewUser[] =
    signedIn || facts.passwordHash === null
      ? []
      : [
          {
            id: userId,
            email: invitation.email,
            name,
            passwordHash: facts.passwordHash,
            passwordChangedAt: now,
            createdAt: now,
          },
        ]
  const joined = {
    action: 'team.member_joined' as const,
    data: { memberId, name, accountRole: invitation.accountRole, roles: invitation.roles },
  }
  const entries: AuditEntries = signedIn
    ? [joined]
    : [{ action: 'account.created', data: { userId, name } }, joined]
  return {
    kind: 'changed',
    change: {
      users,
      member: {
        id: memberId,
        teamId: facts.teamId,
        userId,
        accountRole: invitation.accountRole,
        createdAt: now,
      },
      roles: facts.team.roles
        .filter((role) => invitation.roles.includes(role.name))
        .map((role) => ({ teamId: facts.teamId, memberId, roleId: role.id })),
      invitationId: invitation.id,
      acceptedAt: now,
    },
    value: { team: facts.team.slug, memberId, newAccount: !signedIn },
    entries,
  }
}
