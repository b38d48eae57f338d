import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { preparePassword } from '#lib/people/commands/prepare-password.ts'
import { db } from '#lib/server/db.ts'
import { secretHash } from '#lib/server/ids.ts'
import { networkOf, spend } from '#lib/server/rate-limit.ts'
import { ok, type Result, refuse } from '#lib/shared/result.ts'
import { type AcceptChange, type AcceptFacts, decideAcceptInvitation } from '../accept-invitation.ts'
import { INVITATION_CLOSED } from '../invitation.ts'
import { personName } from '../names.ts'
import { countPeople, INVITATION_COLUMNS, invitationFacts, loadRoles, lockPeople } from './rows.ts'
import { addressOf } from './team-facts.ts'

type Prepared = { tokenHash: Uint8Array<ArrayBuffer>; passwordHash: string | null }

export const acceptInvitation = command({
  name: 'team.acceptInvitation',
  scope: 'account',
  secret: true,
  input: z.object({
    token: z.string().max(200),
    name: personName.optional(),
    password: z.string().max(1_000).optional(),
  }),
  prepare: async ({ token, name, password }, actor): Promise<Result<Prepared>> => {
    const tokenHash = secretHash(token)
    const row = await db().invitation.findUnique({ where: { tokenHash }, select: INVITATION_COLUMNS })
    if (!row) {
      const spent = await spend({
        key: `invite:${networkOf(addressOf(actor))}`,
        window: { limit: 30, seconds: 600 },
      })
      return spent.allowed
        ? refuse({ code: 'not_found', message: INVITATION_CLOSED.unknown })
        : refuse({
            code: 'too_many_requests',
            message: 'Too many links that are none. Try again in ten minutes.',
          })
    }
    const known = await db().user.count({ where: { email: row.email } })
    const isOpen = row.acceptedAt === null && row.revokedAt === null
    // A password is hashed only for somebody new whose link may still work: hashing is the dear part.
    if (actor.kind === 'person' || known > 0 || !isOpen || password === undefined)
      return ok({ tokenHash, passwordHash: null })
    const checked = await preparePassword({ password, email: row.email, name: name ?? row.name })
    return checked.ok ? ok({ tokenHash, passwordHash: checked.value.passwordHash }) : checked
  },
  facts: async (tx, _input, _actor, { tokenHash, passwordHash }): Promise<AcceptFacts | null> => {
    const found = await tx.invitation.findUnique({ where: { tokenHash }, select: { teamId: true } })
    if (!found) return null
    const { teamId } = found
    await lockPeople({ tx, teamId })
    const row = await tx.invitation.findUniqueOrThrow({ where: { tokenHash }, select: INVITATION_COLUMNS })
    const team = await tx.team.findUniqueOrThrow({
      where: { id: teamId },
      select: { slug: true, streamId: true },
    })
    const account = await tx.user.findUnique({
      where: { email: row.email },
      select: { id: true, deactivatedAt: true },
    })
    const membership =
      account &&
      (await tx.member.findUnique({
        where: { teamId_userId: { teamId, userId: account.id } },
        select: { deactivatedAt: true },
      }))
    return {
      stream: team.streamId,
      teamId,
      invitation: invitationFacts(row),
      team: { slug: team.slug, roles: await loadRoles({ tx, teamId }) },
      account: account && { userId: account.id, deactivated: account.deactivatedAt !== null },
      membership: membership && { deactivated: membership.deactivatedAt !== null },
      members: await countPeople({ tx, teamId, invitations: false }),
      passwordHash,
    }
  },
  decide: decideAcceptInvitation,
  apply: async (tx, { users, member, roles, invitationId, acceptedAt }: AcceptChange) => {
    await tx.user.createMany({ data: users })
    await tx.member.create({ data: member, select: { id: true } })
    await tx.memberRole.createMany({ data: roles })
    await tx.invitation.update({ where: { id: invitationId }, data: { acceptedAt } })
  },
})
