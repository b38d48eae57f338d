import type { Actor, ApiScope, PipelineScope } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'
import { env } from '#lib/server/env.ts'
import { noteRequest } from '#lib/server/requests.ts'
import { rowsOf, sql } from '#lib/server/sql.ts'
import type { AccountRole } from '#lib/shared/codes.ts'

/** What a request proves about who sends it, before the database is asked. */
export type Principal =
  | { kind: 'session'; idHash: Uint8Array<ArrayBuffer> }
  | { kind: 'token'; tokenHash: Uint8Array<ArrayBuffer> }
  | { kind: 'system'; name: string }
  | { kind: 'anonymous'; ip: string }

export type Minted = Actor | 'not_signed_in' | 'not_found'

type SessionRow = {
  user_id: string
  name: string
  email: string
  instance_admin: boolean
  team_id: string | null
  slug: string | null
  team_name: string | null
  sample: boolean | null
  stream_id: string | null
  member_id: string | null
  account_role: AccountRole | null
  roles: string[] | null
}

type Bearer = { tokenHash: Uint8Array<ArrayBuffer>; team: string | null }

type TokenRow = { id: string; name: string; team_id: string; slug: string; stream_id: string }

type GateTokenRow = TokenRow & {
  service_id: string
  environment_id: string | null
  run_id: string | null
  scopes: PipelineScope[]
}

type ApiTokenRow = TokenRow & { scopes: ApiScope[]; member_id: string; account_role: AccountRole }

// The brand exists in the type system alone: this file is the one place that applies it.
function mint<T extends object>(plain: T): Actor {
  return plain as unknown as Actor
}

async function mintPerson({
  idHash,
  team,
}: {
  idHash: Uint8Array<ArrayBuffer>
  team: string | null
}): Promise<Minted> {
  const rows = await rowsOf<SessionRow>(sql`
    SELECT u.id AS user_id, u.name, u.email, u.instance_admin,
           t.id AS team_id, t.slug, t.name AS team_name, t.sample, t.stream_id, m.id AS member_id, m.account_role,
           ARRAY(SELECT r.name FROM member_role mr JOIN signoff_role r ON r.id = mr.role_id WHERE mr.member_id = m.id ORDER BY r.name) AS roles
    FROM session s
    JOIN user_account u ON u.id = s.user_id AND u.deactivated_at IS NULL
    LEFT JOIN team t ON t.slug = ${team}
    LEFT JOIN member m ON m.team_id = t.id AND m.user_id = u.id AND m.deactivated_at IS NULL
    WHERE s.id_hash = ${idHash} AND s.revoked_at IS NULL
      AND s.absolute_expires_at > clock_timestamp()
      AND s.last_seen_at > clock_timestamp() - make_interval(secs => ${env().IDLE_SECONDS}::int)`)
  const row = rows[0]
  if (!row) return 'not_signed_in'
  noteRequest({ userId: row.user_id })
  const person = {
    kind: 'person',
    userId: row.user_id,
    sessionIdHash: Buffer.from(idHash).toString('hex'),
    name: row.name,
    email: row.email,
    instanceAdmin: row.instance_admin,
  }
  if (team === null) return mint({ ...person, team: null })
  if (!row.team_id || !row.member_id) return 'not_found'
  return mint({
    ...person,
    team: {
      id: row.team_id,
      slug: row.slug,
      name: row.team_name,
      sample: row.sample,
      streamId: row.stream_id,
      memberId: row.member_id,
      accountRole: row.account_role,
      roles: row.roles ?? [],
    },
  })
}

async function mintToken({ tokenHash, team }: Bearer): Promise<Minted> {
  const rows = await db().$queryRaw<GateTokenRow[]>`
    SELECT g.id, g.name, g.team_id, t.slug, t.stream_id, g.service_id, g.environment_id, g.run_id, g.scopes
    FROM gate_token g JOIN team t ON t.id = g.team_id
    WHERE g.token_hash = ${tokenHash} AND g.revoked_at IS NULL AND g.expires_at > clock_timestamp()`
  const row = rows[0]
  if (!row) return mintApiToken({ tokenHash, team })
  noteRequest({ tokenId: row.id })
  if (team !== null && team !== row.slug) return 'not_found'
  return mint({
    kind: 'token',
    tokenId: row.id,
    name: row.name,
    team: { id: row.team_id, slug: row.slug, streamId: row.stream_id },
    serviceId: row.service_id,
    environmentId: row.environment_id,
    runId: row.run_id,
    scopes: row.scopes,
  })
}

/** A token can do no more than its maker: it stops with their membership, and the policy asks for their account role too. */
async function mintApiToken({ tokenHash, team }: Bearer): Promise<Minted> {
  const rows = await db().$queryRaw<ApiTokenRow[]>`
    SELECT a.id, a.name, a.scopes, a.team_id, t.slug, t.stream_id, m.id AS member_id, m.account_role
    FROM api_token a JOIN team t ON t.id = a.team_id
    JOIN member m ON m.id = a.created_by AND m.deactivated_at IS NULL
    JOIN user_account u ON u.id = m.user_id AND u.deactivated_at IS NULL
    WHERE a.token_hash = ${tokenHash} AND a.revoked_at IS NULL AND a.expires_at > clock_timestamp()`
  const row = rows[0]
  if (!row) return 'not_signed_in'
  noteRequest({ tokenId: row.id })
  if (team !== null && team !== row.slug) return 'not_found'
  return mint({
    kind: 'api_token',
    tokenId: row.id,
    name: row.name,
    team: {
      id: row.team_id,
      slug: row.slug,
      streamId: row.stream_id,
      memberId: row.member_id,
      accountRole: row.account_role,
    },
    scopes: row.scopes,
  })
}

async function mintSystem({ name, team }: { name: string; team: string | null }): Promise<Minted> {
  if (team === null) return mint({ kind: 'system', name, team: null })
  const row = await db().team.findUnique({
    where: { slug: team },
    select: { id: true, slug: true, streamId: true, sample: true },
  })
  return row ? mint({ kind: 'system', name, team: row }) : 'not_found'
}

/** The only mint of an Actor: one indexed read at every request, never the cookie's word. `team`: the slug, or null outside teams. */
export async function mintActor({
  principal,
  team,
}: {
  principal: Principal
  team: string | null
}): Promise<Minted> {
  // No slug holds a NUL, and PostgreSQL takes none even in a question.
  if (team?.includes('\u0000')) return 'not_found'
  switch (principal.kind) {
    case 'session':
      return mintPerson({ idHash: principal.idHash, team })
    case 'token':
      return mintToken({ tokenHash: principal.tokenHash, team })
    case 'system':
      return mintSystem({ name: principal.name, team })
    case 'anonymous':
      return team === null ? mint({ kind: 'anonymous', ip: principal.ip, team: null }) : 'not_signed_in'
  }
}
