import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { decideRevokeApiToken, type RevokeApiTokenFacts } from '../api-token.ts'
import { teamFacts } from './team-facts.ts'

export const revokeApiToken = command({
  name: 'team.revokeApiToken',
  scope: 'team',
  input: z.object({ team: z.string(), tokenId: z.uuid() }),
  facts: async (tx, input, actor): Promise<RevokeApiTokenFacts | null> => {
    const place = teamFacts(actor)
    if (!place) return null
    const token = await tx.apiToken.findFirst({
      where: { id: input.tokenId, teamId: place.teamId },
      select: { id: true, name: true, revokedAt: true },
    })
    return token && { ...place, token: { id: token.id, name: token.name, revoked: token.revokedAt !== null } }
  },
  decide: decideRevokeApiToken,
  apply: async (tx, { id, revokedAt }: { id: string; revokedAt: Date }) => {
    await tx.apiToken.update({ where: { id }, data: { revokedAt }, select: { id: true } })
  },
})
