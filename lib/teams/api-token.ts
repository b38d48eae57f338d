import type { ApiScope } from '#lib/access/actor.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { whyNoNewToken } from './new-token.ts'

/** A prefix that secret scanners and people recognise. */
export const API_TOKEN_PREFIX = 'cst_'

export type MakeApiTokenFacts = Facts & {
  teamId: string
  /** The member whose rights the token borrows. */
  creator: string
  /** Names of tokens that still work. */
  names: readonly string[]
  token: string
  tokenHash: Uint8Array<ArrayBuffer>
}
export type NewApiToken = {
  id: string
  teamId: string
  name: string
  scopes: ApiScope[]
  tokenHash: Uint8Array<ArrayBuffer>
  createdBy: string
  createdAt: Date
  expiresAt: Date
}

/** A program's credential inside one team, for the scopes that are named; the answer shows it, once. */
export function decideMakeApiToken(
  facts: MakeApiTokenFacts,
  { name, days, scopes }: { name: string; days: number; scopes: ApiScope[] },
  { now, newId }: Pick<DecideContext, 'now' | 'newId'>,
): Decision<NewApiToken, { tokenId: string; token: string; expiresAt: string }> {
  const refusal = whyNoNewToken({ name, names: facts.names, holder: 'A team' })
  if (refusal) return refusal
  const expiresAt = new Date(now.getTime() + days * 86_400_000)
  const id = newId()
  const { teamId, tokenHash, creator } = facts
  return {
    kind: 'changed',
    change: { id, teamId, name, scopes, tokenHash, createdBy: creator, createdAt: now, expiresAt },
    value: { tokenId: id, token: facts.token, expiresAt: expiresAt.toISOString() },
    entries: [
      {
        action: 'team.api_token_made',
        data: { tokenId: id, name, scopes, expiresAt: expiresAt.getTime() },
      },
    ],
  }
}

export type RevokeApiTokenFacts = Facts & {
  teamId: string
  token: { id: string; name: string; revoked: boolean }
}

/** Works at once: the token's next request is answered 401. */
export function decideRevokeApiToken(
  { token }: RevokeApiTokenFacts,
  _input: unknown,
  { now }: Pick<DecideContext, 'now'>,
): Decision<{ id: string; revokedAt: Date }, { tokenId: string }> {
  const value = { tokenId: token.id }
  if (token.revoked) return { kind: 'unchanged', value }
  return {
    kind: 'changed',
    change: { id: token.id, revokedAt: now },
    value,
    entries: [{ action: 'team.api_token_revoked', data: { tokenId: token.id, name: token.name } }],
  }
}
