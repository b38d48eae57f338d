import type { ApiScope, MemberActor } from '#lib/access/actor.ts'
import { type Answer, mayDo } from '#lib/access/policy.ts'
import { db } from '#lib/server/db.ts'
import { env } from '#lib/server/env.ts'
import { TOKEN_DAYS } from '../new-token.ts'

export type ApiTokenView = {
  tokenId: string
  name: string
  scopes: ApiScope[]
  /** `idle`: it would work, were its maker still a member who may do the same. */
  state: 'works' | 'expired' | 'revoked' | 'idle'
  createdBy: string
  createdAt: string
  expiresAt: string
  lastUsedAt: string | null
}
export type ApiTokensView = {
  tokens: ApiTokenView[]
  days: readonly number[]
  /** The line that a pipeline runs. */
  line: string
  can: { make: Answer; revoke: Answer }
}

type Row = Omit<ApiTokenView, 'createdAt' | 'expiresAt' | 'lastUsedAt'> & {
  createdAt: Date
  expiresAt: Date
  lastUsedAt: Date | null
}

/** The team's API tokens, those that work first. */
export async function listApiTokens(actor: MemberActor): Promise<ApiTokensView> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT a.id AS "tokenId", a.name, a.scopes, u.name AS "createdBy",
           a.created_at AS "createdAt", a.expires_at AS "expiresAt", a.last_used_at AS "lastUsedAt",
           CASE WHEN a.revoked_at IS NOT NULL THEN 'revoked' WHEN a.expires_at <= clock_timestamp() THEN 'expired'
                WHEN m.deactivated_at IS NOT NULL OR m.account_role NOT IN ('owner', 'admin', 'member') THEN 'idle' ELSE 'works' END AS state
    FROM api_token a JOIN member m ON m.id = a.created_by JOIN user_account u ON u.id = m.user_id
    WHERE a.team_id = ${actor.team.id}::uuid
    ORDER BY a.revoked_at IS NOT NULL OR a.expires_at <= clock_timestamp(), a.created_at DESC, a.id
    LIMIT 200`
  const { PUBLIC_URL } = env()
  return {
    tokens: rows.map((row) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    })),
    days: TOKEN_DAYS,
    line: `npx --no countersign template import DEPLOYMENT_CHECKLIST.md \\\n  --url ${PUBLIC_URL} --team ${actor.team.slug} --template web-release`,
    can: {
      make: mayDo({ actor, verb: 'team.makeApiToken' }),
      revoke: mayDo({ actor, verb: 'team.revokeApiToken' }),
    },
  }
}
