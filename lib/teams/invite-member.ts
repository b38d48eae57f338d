import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { AccountRole } from '#lib/shared/codes.ts'
import { INVITATION_DAYS } from './invitation.ts'
import { isTeamFull, mayHoldSignoffRoles, TEAM_FULL } from './roster.ts'

export type InviteFacts = Facts & {
  teamId: string
  teamRoles: readonly string[]
  /** The member who has this address already. */
  existing: { name: string; deactivated: boolean } | null
  hasOpenInvitation: boolean
  /** Active members and open invitations. */
  people: number
  /** The secret of the link and what the database keeps of it. */
  secret: string
  tokenHash: Uint8Array<ArrayBuffer>
  emailHash: string
  creator: string
}

export type InviteInput = { email: string; name: string; accountRole: AccountRole; roles: string[] }

export type NewInvitation = {
  id: string
  teamId: string
  email: string
  name: string
  accountRole: AccountRole
  roles: string[]
  tokenHash: Uint8Array<ArrayBuffer>
  createdBy: string
  createdAt: Date
  expiresAt: Date
}

/** An invitation by link. The link itself is in the answer, once; the database keeps its hash. */
export function decideInviteMember(
  facts: InviteFacts,
  input: InviteInput,
  { now, newId }: Pick<DecideContext, 'now' | 'newId'>,
): Decision<NewInvitation, { invitationId: string; token: string; expiresAt: string }> {
  if (facts.existing) {
    const words = facts.existing.deactivated
      ? `${facts.existing.name} has this address and is deactivated here. Reactivate them in the list instead.`
      : `${facts.existing.name} is a member already.`
    return refused('already_member', words, { fields: { email: words } })
  }
  if (facts.hasOpenInvitation) {
    const words = 'This address has an open invitation. Revoke it below to make a new link.'
    return refused('already_invited', words, { fields: { email: words } })
  }
  const unknown = input.roles.filter((role) => !facts.teamRoles.includes(role))
  if (unknown.length > 0)
    return refused('invalid', 'Choose among the team’s roles.', {
      fields: { roles: `The team has no role ${unknown.join(', ')}.` },
    })
  if (input.roles.length > 0 && !mayHoldSignoffRoles(input.accountRole)) {
    return refused('invalid', 'Managers and auditors read; they do not sign.', {
      fields: { roles: `The account role ${input.accountRole} holds no sign-off role.` },
    })
  }
  if (isTeamFull(facts.people)) return refused('team_full', TEAM_FULL)
  const id = newId()
  const expiresAt = new Date(now.getTime() + INVITATION_DAYS * 86_400_000)
  return {
    kind: 'changed',
    change: {
      id,
      teamId: facts.teamId,
      ...input,
      tokenHash: facts.tokenHash,
      createdBy: facts.creator,
      createdAt: now,
      expiresAt,
    },
    value: { invitationId: id, token: facts.secret, expiresAt: expiresAt.toISOString() },
    entries: [
      {
        action: 'team.member_invited',
        data: {
          invitationId: id,
          emailHash: facts.emailHash,
          accountRole: input.accountRole,
          roles: input.roles,
        },
      },
    ],
  }
}
