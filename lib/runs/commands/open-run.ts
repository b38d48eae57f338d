import { isMember } from '#lib/access/actor.ts'
import { command } from '#lib/door/command.ts'
import type { BoardItem } from '#lib/runs/board-snapshot.ts'
import { decideOpen, type OpenChange, type OpenFacts } from '#lib/runs/decide-open.ts'
import { grade, stateOf } from '#lib/runs/fold.ts'
import { openInput } from '#lib/runs/open-input.ts'
import type { Tx } from '#lib/server/db.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { applyItems } from './apply-items.ts'
import { findAuthorMember } from './author-member.ts'

type Place = { teamId: string; service: string; environment: string; template: string }
type Found = Pick<OpenFacts, 'environment' | 'live' | 'template' | 'teamRoles'>

async function lockService({
  tx,
  teamId,
  service,
}: { tx: Tx } & Pick<Place, 'teamId' | 'service'>): Promise<OpenFacts['service'] | null> {
  const rows = await tx.$queryRaw<OpenFacts['service'][]>`
    SELECT id, slug, name, archived_at IS NOT NULL AS archived, next_run_number AS "nextRunNumber"
    FROM service WHERE team_id = ${teamId}::uuid AND slug = ${service} FOR UPDATE`
  return rows[0] ?? null
}

/** Read after the service's lock, so that a run opened a moment ago is seen. */
async function findPlace({
  tx,
  serviceId,
  place,
}: {
  tx: Tx
  serviceId: string
  place: Place
}): Promise<Found | null> {
  const rows = await tx.$queryRaw<Found[]>`
    SELECT jsonb_build_object('id', e.id, 'slug', e.slug, 'name', e.name, 'setVariables',
        (SELECT coalesce(jsonb_agg(given.name), '[]') FROM (
           SELECT v.key AS name FROM jsonb_each_text(e.variables) v WHERE v.value <> ''
           UNION ALL SELECT x.name FROM environment_secret x WHERE x.environment_id = e.id) given)) AS environment,
      jsonb_build_object('versionId', v.id, 'name', t.name, 'number', v.number, 'latest', v.number, 'archived', t.archived_at IS NOT NULL,
        'sourceHash', v.source_hash, 'model', v.model) AS template,
      (SELECT jsonb_build_object('number', r.number, 'state', r.state) FROM run r
       WHERE r.service_id = e.service_id AND r.environment_id = e.id AND r.state IN ('preparing', 'deploying', 'verifying', 'rolling_back')) AS live,
      ARRAY(SELECT name FROM signoff_role WHERE team_id = ${place.teamId}::uuid) AS "teamRoles"
    FROM environment e
    JOIN template t ON t.team_id = ${place.teamId}::uuid AND t.slug = ${place.template}
    JOIN LATERAL (SELECT * FROM template_version WHERE template_id = t.id ORDER BY number DESC LIMIT 1) v ON true
    WHERE e.service_id = ${serviceId}::uuid AND e.slug = ${place.environment}`
  return rows[0] ?? null
}

function itemRow({ fold, probe, notice, ...item }: BoardItem) {
  return {
    ...item,
    state: stateOf(fold),
    grade: grade(fold),
    fold: fold as unknown as Prisma.InputJsonValue,
    ...(notice ? { notice: notice as unknown as Prisma.InputJsonValue } : {}),
    ...(probe === null ? {} : { probe: probe as unknown as Prisma.InputJsonValue }),
  }
}

async function apply(tx: Tx, { run, items, slots, notApplicable }: OpenChange): Promise<void> {
  const { id: runId, teamId } = run
  await tx.service.update({
    where: { id: run.serviceId },
    data: { nextRunNumber: run.number + 1 },
    select: { id: true },
  })
  await tx.run.create({ data: { ...run, state: 'preparing' }, select: { id: true } })
  await tx.runItem.createMany({ data: items.map((item) => ({ ...itemRow(item), teamId, runId })) })
  await tx.runSlot.createMany({ data: slots.map((slot) => ({ ...slot, teamId, runId })) })
  await applyItems(tx, { teamId, runId, at: run.openedAt, items: notApplicable, stale: [] })
}

/** Opens a run of a template's latest version; the probes are started by another command once this one is committed. */
export const openRun = command({
  name: 'run.open',
  scope: 'team',
  input: openInput,
  facts: async (tx, input, actor): Promise<OpenFacts | null> => {
    if (!isMember(actor)) return null
    const { id: teamId, slug, sample, streamId } = actor.team
    const place = { teamId, service: input.service, environment: input.environment, template: input.template }
    const service = await lockService({ tx, ...place })
    const found = service ? await findPlace({ tx, serviceId: service.id, place }) : null
    if (!service || !found) return null
    const authorMember = await findAuthorMember({ tx, teamId, given: input.author })
    return { stream: streamId, teamId, teamSlug: slug, sample, service, authorMember, ...found }
  },
  decide: decideOpen,
  apply,
})
