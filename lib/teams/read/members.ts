import type { MemberActor } from '#lib/access/actor.ts'
import { type Answer, mayDo } from '#lib/access/policy.ts'
import { db } from '#lib/server/db.ts'
import { ACCOUNT_ROLES, type AccountRole } from '#lib/shared/codes.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { type AccountRoleOption, accountRoleOptions } from '../account-roles.ts'

/** Yes, or why not. */
export type Can = Answer

export type MemberView = {
  memberId: string
  name: string
  email: string
  accountRole: AccountRole
  roles: string[]
  holdsSignoffRoles: boolean
  deactivatedAt: string | null
  joinedAt: string
  /** The last thing that the person did while signed in; null when never. */
  lastSeenAt: string | null
  isSelf: boolean
  isOnlyOwner: boolean
  can: {
    changeAccountRole: Can
    changeSignoffRoles: Can
    deactivate: Can
    reactivate: Can
    makeResetLink: Can
  }
}

export type InvitationRow = {
  invitationId: string
  name: string
  email: string
  accountRole: AccountRole
  roles: string[]
  invitedBy: string
  createdAt: string
  expiresAt: string
  isExpired: boolean
}

export type MembersView = {
  members: MemberView[]
  invitations: InvitationRow[]
  signoffRoles: { name: string; holders: number }[]
  /** The account roles that the viewer may give. */
  accountRoles: AccountRoleOption[]
  limit: number
  can: { invite: Can; revoke: Can; addRole: Can }
}

type Row = {
  id: string
  user_id: string
  name: string
  email: string
  account_role: AccountRole
  deactivated_at: Date | null
  created_at: Date
  roles: string[]
  last_seen_at: Date | null
}

async function readMembers(teamId: string): Promise<Row[]> {
  return db().$queryRaw<Row[]>`
    SELECT m.id, m.user_id, u.name, u.email, m.account_role, m.deactivated_at, m.created_at,
           ARRAY(SELECT r.name FROM member_role mr JOIN signoff_role r ON r.id = mr.role_id
                 WHERE mr.member_id = m.id ORDER BY r.created_at, r.id) AS roles,
           (SELECT max(s.last_seen_at) FROM session s WHERE s.user_id = m.user_id) AS last_seen_at
    FROM member m JOIN user_account u ON u.id = m.user_id
    WHERE m.team_id = ${teamId}::uuid
    ORDER BY m.deactivated_at IS NOT NULL, lower(u.name), m.id`
}

async function readInvitations(teamId: string): Promise<InvitationRow[]> {
  const rows = await db().invitation.findMany({
    where: { teamId, acceptedAt: null, revokedAt: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: LIMITS.membersPerTeam,
  })
  const makers = await db().member.findMany({
    where: { teamId, id: { in: rows.map((row) => row.createdBy) } },
    select: { id: true, user: { select: { name: true } } },
  })
  const names = new Map(makers.map((maker) => [maker.id, maker.user.name]))
  const now = Date.now()
  return rows.map((row) => ({
    invitationId: row.id,
    name: row.name,
    email: row.email,
    accountRole: row.accountRole as AccountRole,
    roles: row.roles,
    invitedBy: names.get(row.createdBy) ?? 'Countersign',
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    isExpired: row.expiresAt.getTime() <= now,
  }))
}

/** Everybody of the team with what the viewer may do to each, the open invitations, and the team's sign-off roles. */
export async function listMembers(actor: MemberActor): Promise<MembersView> {
  const teamId = actor.team.id
  const [rows, invitations, roles] = await Promise.all([
    readMembers(teamId),
    readInvitations(teamId),
    db().signoffRole.findMany({
      where: { teamId },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      select: { name: true },
    }),
  ])
  const owners = rows.filter((row) => row.account_role === 'owner' && !row.deactivated_at).length
  const active = rows.filter((row) => !row.deactivated_at)
  return {
    members: rows.map((row) => memberView({ actor, row, owners })),
    invitations: mayDo({ actor, verb: 'team.revokeInvitation' }) === true ? invitations : [],
    signoffRoles: roles.map(({ name }) => ({
      name,
      holders: active.filter((row) => row.roles.includes(name)).length,
    })),
    accountRoles: accountRoleOptions(
      ACCOUNT_ROLES.filter(
        (accountRole) => mayDo({ actor, verb: 'team.inviteMember', subject: { accountRole } }) === true,
      ),
    ),
    limit: LIMITS.membersPerTeam,
    can: {
      invite: mayDo({ actor, verb: 'team.inviteMember' }),
      revoke: mayDo({ actor, verb: 'team.revokeInvitation' }),
      addRole: mayDo({ actor, verb: 'team.addSignoffRole' }),
    },
  }
}

function memberView({ actor, row, owners }: { actor: MemberActor; row: Row; owners: number }): MemberView {
  const subject = { memberId: row.id, accountRole: row.account_role }
  const isSelf = row.user_id === actor.userId
  const isOnlyOwner = row.account_role === 'owner' && !row.deactivated_at && owners <= 1
  const only = 'The only owner stays: make somebody else an owner first.'
  const [option] = accountRoleOptions([row.account_role])
  const holds = option?.holdsSignoffRoles ?? false
  const signoff = mayDo({ actor, verb: 'team.changeSignoffRoles', subject })
  const reset = mayDo({ actor, verb: 'team.makeResetLink', subject })
  return {
    memberId: row.id,
    name: row.name,
    email: row.email,
    accountRole: row.account_role,
    roles: row.roles,
    holdsSignoffRoles: holds,
    deactivatedAt: row.deactivated_at?.toISOString() ?? null,
    joinedAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    isSelf,
    isOnlyOwner,
    can: {
      changeAccountRole: isOnlyOwner ? only : mayDo({ actor, verb: 'team.changeAccountRole', subject }),
      changeSignoffRoles: signoff === true && !holds ? 'This account role reads and does not sign.' : signoff,
      deactivate: isOnlyOwner ? only : mayDo({ actor, verb: 'team.deactivateMember', subject }),
      reactivate: mayDo({ actor, verb: 'team.reactivateMember', subject }),
      makeResetLink: reset === true && isSelf ? 'Change your own password on your own page.' : reset,
    },
  }
}
