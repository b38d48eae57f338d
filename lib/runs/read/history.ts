import type { MemberActor } from '#lib/access/actor.ts'
import { dayAfter, HISTORY_PAGE, likePattern, parseCursor, printCursor } from '#lib/runs/history-filters.ts'
import { db } from '#lib/server/db.ts'
import type { Decision, RunState } from '#lib/shared/codes.ts'
import type { HistoryFilters } from '#lib/shared/paths.ts'
import { Prisma } from '#prisma/generated/client.ts'

export type HistoryRow = {
  id: string
  number: number
  service: string
  environment: string
  state: RunState
  version: string
  commit: string
  artifactDigest: string | null
  author: string | null
  changeTicket: string | null
  openedBy: string
  openedAt: Date
  startedAt: Date | null
  deployedAt: Date | null
  endedAt: Date | null
  signers: { role: string; name: string; decision: Decision }[]
}

export type HistoryPage = { rows: HistoryRow[]; older: string | null }

function conditions(actor: MemberActor, filters: HistoryFilters): Prisma.Sql {
  const { service, environment, state, person, text, from, to } = filters
  const cursor = parseCursor(filters.after)
  const pattern = text === undefined ? '' : likePattern(text)
  const somebody = person === undefined ? '' : likePattern(person)
  const parts = [
    Prisma.sql`r.team_id = ${actor.team.id}::uuid`,
    service === undefined ? null : Prisma.sql`s.slug = ${service}`,
    environment === undefined ? null : Prisma.sql`e.slug = ${environment}`,
    state === undefined ? null : Prisma.sql`r.state = ${state}`,
    from === undefined ? null : Prisma.sql`r.opened_at >= ${new Date(`${from}T00:00:00Z`)}`,
    to === undefined ? null : Prisma.sql`r.opened_at < ${dayAfter(to)}`,
    text === undefined
      ? null
      : Prisma.sql`(r.version ILIKE ${pattern} OR r.commit ILIKE ${pattern} OR r.change_ticket ILIKE ${pattern} OR r.artifact_digest ILIKE ${pattern} OR s.slug || ' #' || r.number ILIKE ${pattern})`,
    person === undefined
      ? null
      : Prisma.sql`(r.opened_by_name ILIKE ${somebody} OR EXISTS (SELECT FROM signoff o WHERE o.run_id = r.id AND o.member_name ILIKE ${somebody}) OR EXISTS (SELECT FROM evidence v WHERE v.run_id = r.id AND v.by_name ILIKE ${somebody}))`,
    cursor === null ? null : Prisma.sql`(r.opened_at, r.id) < (${cursor.openedAt}, ${cursor.id}::uuid)`,
  ]
  return Prisma.join(
    parts.filter((part): part is Prisma.Sql => part !== null),
    ' AND ',
  )
}

/** Runs of the team, newest first, one page by keyset: the hundredth page costs what the first does. */
export async function listHistory(
  actor: MemberActor,
  { filters, limit = HISTORY_PAGE }: { filters: HistoryFilters; limit?: number },
): Promise<HistoryPage> {
  const rows = await db().$queryRaw<HistoryRow[]>`
    SELECT r.id, r.number, s.slug AS service, e.slug AS environment, r.state, r.version, r.commit,
      r.artifact_digest AS "artifactDigest", r.author_name AS author, r.change_ticket AS "changeTicket", r.opened_by_name AS "openedBy",
      r.opened_at AS "openedAt", r.started_at AS "startedAt", r.deployed_at AS "deployedAt", r.ended_at AS "endedAt",
      (SELECT coalesce(json_agg(json_build_object('role', o.role, 'name', o.member_name, 'decision', o.decision) ORDER BY o.signed_at), '[]')
       FROM signoff o WHERE o.run_id = r.id AND o.superseded_at IS NULL) AS signers
    FROM run r JOIN service s ON s.id = r.service_id JOIN environment e ON e.id = r.environment_id
    WHERE ${conditions(actor, filters)}
    ORDER BY r.opened_at DESC, r.id DESC LIMIT ${limit + 1}`
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { rows: page, older: rows.length > limit && last ? printCursor(last) : null }
}

/** What the filters offer: the team's services, and the environments of any of them. */
export async function listHistoryChoices(
  actor: MemberActor,
): Promise<{ services: string[]; environments: string[] }> {
  const services = await db().service.findMany({
    where: { teamId: actor.team.id },
    select: { slug: true },
    orderBy: { slug: 'asc' },
  })
  const environments = await db().environment.findMany({
    where: { teamId: actor.team.id },
    select: { slug: true },
    distinct: ['slug'],
    orderBy: { slug: 'asc' },
  })
  return { services: services.map(({ slug }) => slug), environments: environments.map(({ slug }) => slug) }
}
