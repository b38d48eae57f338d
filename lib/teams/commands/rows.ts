import type { Tx } from '#lib/server/db.ts'
import type { AccountRole } from '#lib/shared/codes.ts'
import type { InvitationFacts } from '../invitation.ts'
import type { MemberFacts } from '../roster.ts'

/**
 * Holds back every other change of the team's people until the transaction ends: the last owner is counted under it.
 * Rows that point at the team may still be written meanwhile.
 */
export async function lockPeople({ tx, teamId }: { tx: Tx; teamId: string }): Promise<void> {
  await tx.$queryRaw`SELECT id FROM team WHERE id = ${teamId}::uuid FOR NO KEY UPDATE`
}

export async function countOwners({ tx, teamId }: { tx: Tx; teamId: string }): Promise<number> {
  return tx.member.count({ where: { teamId, accountRole: 'owner', deactivatedAt: null } })
}

/** Active members and, unless left out, invitations that can still be accepted. */
export async function countPeople({
  tx,
  teamId,
  invitations,
}: {
  tx: Tx
  teamId: string
  invitations: boolean
}): Promise<number> {
  const members = await tx.member.count({ where: { teamId, deactivatedAt: null } })
  if (!invitations) return members
  return (
    members +
    (await tx.invitation.count({
      where: { teamId, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
    }))
  )
}

export async function loadMember({
  tx,
  teamId,
  memberId,
}: {
  tx: Tx
  teamId: string
  memberId: string
}): Promise<MemberFacts | null> {
  const row = await tx.member.findFirst({
    where: { teamId, id: memberId },
    select: {
      id: true,
      userId: true,
      accountRole: true,
      deactivatedAt: true,
      user: { select: { name: true, email: true } },
      roles: { select: { role: { select: { name: true } } } },
    },
  })
  if (!row) return null
  return {
    id: row.id,
    userId: row.userId,
    name: row.user.name,
    email: row.user.email,
    accountRole: row.accountRole as AccountRole,
    deactivated: row.deactivatedAt !== null,
    roles: row.roles.map(({ role }) => role.name).sort(),
  }
}

/** The team's sign-off roles in the order of their making; the four that it was born with come first. */
export async function loadRoles({
  tx,
  teamId,
}: {
  tx: Tx
  teamId: string
}): Promise<{ id: string; name: string }[]> {
  return tx.signoffRole.findMany({
    where: { teamId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
  })
}

export const INVITATION_COLUMNS = {
  id: true,
  teamId: true,
  email: true,
  name: true,
  accountRole: true,
  roles: true,
  expiresAt: true,
  acceptedAt: true,
  revokedAt: true,
} as const

/** The row as the rules see it; the database's CHECK and the door keep the account role one of the known. */
export function invitationFacts(
  row: Omit<InvitationFacts, 'accountRole'> & { accountRole: string },
): InvitationFacts {
  return { ...row, accountRole: row.accountRole as AccountRole }
}
