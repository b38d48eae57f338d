import { z } from 'zod'
import { isMember } from '#lib/access/actor.ts'
import { command } from '#lib/door/command.ts'
import type { NewResetLink } from '#lib/people/reset-link.ts'
import { newSecret, secretHash } from '#lib/server/ids.ts'
import type { AccountRole } from '#lib/shared/codes.ts'
import { decideMakeResetLink, type ResetFacts } from '../make-reset-link.ts'
import { loadMember, lockPeople } from './rows.ts'
import { teamFacts } from './team-facts.ts'

export const makeResetLink = command({
  name: 'team.makeResetLink',
  scope: 'team',
  secret: true,
  input: z.object({ team: z.string(), memberId: z.uuid() }),
  facts: async (tx, { memberId }, actor): Promise<ResetFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    await lockPeople({ tx, teamId: place.teamId })
    const member = await loadMember({ tx, teamId: place.teamId, memberId })
    if (!member) return null
    const user = await tx.user.findUniqueOrThrow({
      where: { id: member.userId },
      select: { instanceAdmin: true },
    })
    const elsewhere = await tx.$queryRaw<{ account_role: AccountRole; actor_role: AccountRole | null }[]>`
      SELECT m.account_role, a.account_role AS actor_role
      FROM member m
      LEFT JOIN member a ON a.team_id = m.team_id AND a.deactivated_at IS NULL
        AND a.user_id = ${actor.kind === 'person' ? actor.userId : null}::uuid
      WHERE m.user_id = ${member.userId}::uuid AND m.team_id <> ${place.teamId}::uuid AND m.deactivated_at IS NULL`
    const secret = newSecret()
    return {
      ...place,
      member,
      instanceAdmin: user.instanceAdmin,
      elsewhere: elsewhere.map((row) => ({ accountRole: row.account_role, actorRole: row.actor_role })),
      secret,
      tokenHash: secretHash(secret),
      creator: isMember(actor) ? actor.team.memberId : null,
    }
  },
  subject: ({ member }) => ({ memberId: member.id, accountRole: member.accountRole }),
  decide: decideMakeResetLink,
  apply: async (tx, link: NewResetLink) => {
    // A newer link ends the older ones: of two that lie about, only one works.
    await tx.resetLink.updateMany({
      where: { userId: link.userId, usedAt: null, expiresAt: { gt: link.createdAt } },
      data: { expiresAt: link.createdAt },
    })
    await tx.resetLink.create({ data: link, select: { id: true } })
  },
})
