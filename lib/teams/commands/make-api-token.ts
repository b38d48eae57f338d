import { z } from 'zod'
import { API_SCOPES, isMember } from '#lib/access/actor.ts'
import { command } from '#lib/door/command.ts'
import { newSecret, secretHash } from '#lib/server/ids.ts'
import {
  API_TOKEN_PREFIX,
  decideMakeApiToken,
  type MakeApiTokenFacts,
  type NewApiToken,
} from '../api-token.ts'
import { TOKEN_DAYS } from '../new-token.ts'

export const makeApiToken = command({
  name: 'team.makeApiToken',
  scope: 'team',
  secret: true,
  input: z.object({
    team: z.string(),
    name: z.string().trim().min(1, 'Give the token a name.').max(60, 'At most 60 characters.'),
    days: z.literal([...TOKEN_DAYS], 'Choose 30, 90 or 365 days.'),
    scopes: z.array(z.enum(API_SCOPES)).min(1, 'Choose what the token may do.').max(API_SCOPES.length),
  }),
  facts: async (tx, _input, actor): Promise<MakeApiTokenFacts | null> => {
    if (!isMember(actor)) return null
    const { id: teamId, streamId, memberId } = actor.team
    // Two who make a token of one name at once meet here.
    await tx.$queryRaw`SELECT id FROM team WHERE id = ${teamId}::uuid FOR UPDATE`
    const working = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM api_token
      WHERE team_id = ${teamId}::uuid AND revoked_at IS NULL AND expires_at > clock_timestamp()`
    const token = `${API_TOKEN_PREFIX}${newSecret()}`
    return {
      stream: streamId,
      teamId,
      creator: memberId,
      names: working.map(({ name }) => name),
      token,
      tokenHash: secretHash(token),
    }
  },
  decide: decideMakeApiToken,
  apply: async (tx, token: NewApiToken) => {
    await tx.apiToken.create({ data: token, select: { id: true } })
  },
})
