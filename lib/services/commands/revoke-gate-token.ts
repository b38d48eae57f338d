import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { teamFacts } from '#lib/teams/commands/team-facts.ts'
import { decideRevokeGateToken, type RevokeTokenFacts } from '../gate-token.ts'
import { lockService } from './rows.ts'

export const revokeGateToken = command({
  name: 'service.revokeGateToken',
  scope: 'team',
  input: z.object({ team: z.string(), service: z.string(), tokenId: z.uuid() }),
  facts: async (tx, input, actor): Promise<RevokeTokenFacts | null> => {
    const place = teamFacts(actor)
    const service = place && (await lockService({ tx, teamId: place.teamId, slug: input.service }))
    if (!service) return null
    const token = await tx.gateToken.findFirst({
      where: { id: input.tokenId, teamId: place.teamId, serviceId: service.id },
      select: { id: true, name: true, revokedAt: true },
    })
    return (
      token && {
        ...place,
        token: { id: token.id, name: token.name, service: service.slug, revoked: token.revokedAt !== null },
      }
    )
  },
  decide: decideRevokeGateToken,
  apply: async (tx, { id, revokedAt }: { id: string; revokedAt: Date }) => {
    await tx.gateToken.update({ where: { id }, data: { revokedAt }, select: { id: true } })
  },
})
