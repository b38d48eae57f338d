import type { MemberActor, PipelineScope } from '#lib/access/actor.ts'
import { type Answer, mayDo } from '#lib/access/policy.ts'
import { db } from '#lib/server/db.ts'
import { env } from '#lib/server/env.ts'
import { unopenable } from '#lib/server/seal.ts'
import { TOKEN_DAYS } from '#lib/teams/new-token.ts'
import { gateLine } from './gate-token.ts'
import { reportLine } from './push-lines.ts'
import type { SecretView } from './secrets.ts'
import { printVariables, type Variables } from './variables.ts'

export type ServiceRow = { slug: string; name: string; environments: string[]; runs: number; tokens: number }
export type ServicesView = { services: ServiceRow[]; can: { create: Answer } }

export type EnvironmentView = {
  slug: string
  name: string
  variables: string
  /** Never with their values. */
  secrets: SecretView[]
  allowList: string
  version: number
  gateLine: string
  reportLine: string
  /** A secret was made that signs the webhooks of its notices. */
  hasWebhookSecret: boolean
}
export type TokenView = {
  tokenId: string
  name: string
  /** Null: every environment. */
  environment: string | null
  /** Number of the run that it works for alone. */
  run: number | null
  scopes: PipelineScope[]
  state: 'works' | 'expired' | 'revoked'
  createdBy: string
  createdAt: string
  expiresAt: string
  lastUsedAt: string | null
}
export type ServiceView = {
  slug: string
  name: string
  environments: EnvironmentView[]
  tokens: TokenView[]
  /** Those that a token can be made for, newest first. */
  liveRuns: { number: number; environment: string }[]
  tokenDays: readonly number[]
  can: {
    makeWebhookSecret: Answer
    change: Answer
    addEnvironment: Answer
    makeToken: Answer
    revokeToken: Answer
  }
}

/** The team's services by name. */
export async function listServices(actor: MemberActor): Promise<ServicesView> {
  const rows = await db().$queryRaw<
    { slug: string; name: string; environments: string[]; runs: number; tokens: number }[]
  >`
    SELECT s.slug, s.name, s.next_run_number - 1 AS runs,
           ARRAY(SELECT e.name FROM environment e WHERE e.service_id = s.id ORDER BY e.ordinal, e.id) AS environments,
           (SELECT count(*)::int FROM gate_token g
            WHERE g.service_id = s.id AND g.revoked_at IS NULL AND g.expires_at > clock_timestamp()) AS tokens
    FROM service s WHERE s.team_id = ${actor.team.id}::uuid AND s.archived_at IS NULL
    ORDER BY lower(s.name), s.id`
  return { services: rows, can: { create: mayDo({ actor, verb: 'service.create' }) } }
}

async function readTokens({
  teamId,
  serviceId,
}: {
  teamId: string
  serviceId: string
}): Promise<TokenView[]> {
  const rows = await db().$queryRaw<
    (Omit<TokenView, 'createdAt' | 'expiresAt' | 'lastUsedAt'> & {
      createdAt: Date
      expiresAt: Date
      lastUsedAt: Date | null
    })[]
  >`
    SELECT g.id AS "tokenId", g.name, e.name AS environment, r.number AS run, g.scopes, COALESCE(u.name, 'Countersign') AS "createdBy",
           g.created_at AS "createdAt", g.expires_at AS "expiresAt", g.last_used_at AS "lastUsedAt",
           CASE WHEN g.revoked_at IS NOT NULL THEN 'revoked' WHEN g.expires_at <= clock_timestamp() THEN 'expired' ELSE 'works' END AS state
    FROM gate_token g
    LEFT JOIN environment e ON e.id = g.environment_id
    LEFT JOIN run r ON r.id = g.run_id
    LEFT JOIN member m ON m.id = g.created_by
    LEFT JOIN user_account u ON u.id = m.user_id
    WHERE g.team_id = ${teamId}::uuid AND g.service_id = ${serviceId}::uuid
    ORDER BY g.revoked_at IS NOT NULL OR g.expires_at <= clock_timestamp(), g.created_at DESC, g.id
    LIMIT 200`
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }))
}

type SecretRow = Omit<SecretView, 'setAt' | 'lastUsedAt' | 'problem'> & {
  environmentId: string
  sealed: string
  setAt: Date
  lastUsedAt: Date | null
}

/** What is known of the secrets of a service's environments, by environment; their values stay sealed. */
async function readSecrets(serviceId: string): Promise<Map<string, SecretView[]>> {
  const rows = await db().$queryRaw<SecretRow[]>`
    SELECT x.environment_id AS "environmentId", x.name, x.version, x.sealed, u.name AS "setBy", x.set_at AS "setAt", x.last_used_at AS "lastUsedAt"
    FROM environment_secret x JOIN environment e ON e.id = x.environment_id
    LEFT JOIN member m ON m.id = x.set_by LEFT JOIN user_account u ON u.id = m.user_id
    WHERE e.service_id = ${serviceId}::uuid ORDER BY x.name`
  const found = rows.map(({ environmentId, sealed, setAt, lastUsedAt, ...row }) => ({
    environmentId,
    secret: {
      ...row,
      setAt: setAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
      problem: unopenable(sealed),
    },
  }))
  const byEnvironment = Map.groupBy(found, ({ environmentId }) => environmentId)
  return new Map([...byEnvironment].map(([id, all]) => [id, all.map(({ secret }) => secret)]))
}

/** One service with its environments' settings and its tokens; null when the team has none of this slug. */
export async function getService(
  actor: MemberActor,
  { slug }: { slug: string },
): Promise<ServiceView | null> {
  const teamId = actor.team.id
  const service = await db().service.findFirst({
    where: { teamId, slug, archivedAt: null },
    select: {
      id: true,
      slug: true,
      name: true,
      environments: { orderBy: [{ ordinal: 'asc' }, { id: 'asc' }] },
    },
  })
  if (!service) return null
  const secrets = await readSecrets(service.id)
  const live = await db().run.findMany({
    where: { teamId, serviceId: service.id, endedAt: null },
    orderBy: { number: 'desc' },
    select: { number: true, environmentId: true },
  })
  const nameOf = (id: string) => service.environments.find((one) => one.id === id)?.name ?? ''
  return {
    slug: service.slug,
    name: service.name,
    environments: service.environments.map((environment) => ({
      slug: environment.slug,
      name: environment.name,
      variables: printVariables(environment.variables as Variables),
      secrets: secrets.get(environment.id) ?? [],
      allowList: environment.allowList.join('\n'),
      version: environment.version,
      hasWebhookSecret: environment.webhookSecretNumber > 0,
      gateLine: gateLine({
        publicUrl: env().PUBLIC_URL,
        service: service.slug,
        environment: environment.slug,
      }),
      reportLine: reportLine({
        publicUrl: env().PUBLIC_URL,
        service: service.slug,
        environment: environment.slug,
      }),
    })),
    tokens: await readTokens({ teamId, serviceId: service.id }),
    liveRuns: live.map(({ number, environmentId }) => ({ number, environment: nameOf(environmentId) })),
    tokenDays: TOKEN_DAYS,
    can: {
      makeWebhookSecret: mayDo({ actor, verb: 'service.makeWebhookSecret' }),
      change: mayDo({ actor, verb: 'service.changeEnvironment' }),
      addEnvironment: mayDo({ actor, verb: 'service.addEnvironment' }),
      makeToken: mayDo({ actor, verb: 'service.makeGateToken' }),
      revokeToken: mayDo({ actor, verb: 'service.revokeGateToken' }),
    },
  }
}
