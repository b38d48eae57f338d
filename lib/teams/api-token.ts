import type { ApiScope } from '#lib/access/actor.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'

export const API_TOKEN_DAYS = [30, 90, 365] as const
export const API_TOKENS_MAX = 50
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
  if (facts.names.includes(name)) {
    return refused('name_taken', 'Choose another name.', {
      fields: { name: 'A token of this name works already: by its name it is known when it is revoked.' },
    })
  }
  if (facts.names.length >= API_TOKENS_MAX)
    return refused('too_many', `A team has at most ${API_TOKENS_MAX} tokens. Revoke one that nobody uses.`)
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
