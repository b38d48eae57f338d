import { z } from 'zod'
import { type Actor, isMember, placeIn } from '#lib/access/actor.ts'
import { mayDo } from '#lib/access/policy.ts'
import { command } from '#lib/door/command.ts'
import { parseProbe } from '#lib/probes/annotation.ts'
import type { ProbeConfig } from '#lib/probes/config.ts'
import { printProbe } from '#lib/probes/print.ts'
import { isPulledConfig } from '#lib/probes/pushed.ts'
import type { Tx } from '#lib/server/db.ts'
import { spend } from '#lib/server/rate-limit.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import { ok, refuse } from '#lib/shared/result.ts'
import { SLUG_MAX_LENGTH } from '#lib/shared/slug.ts'
import type { Prisma } from '#prisma/generated/client.ts'

import { type ArchiveFacts, decideArchive, decideUnarchive } from './decide-archive.ts'
import { decidePublish, type PublishChange, type PublishFacts, templateSlug } from './decide-publish.ts'
import { decideTry, type TryFacts } from './decide-try.ts'
import { KEY_MAX_LENGTH } from './identity.ts'
import type { TemplateModel } from './model.ts'
import { checkAside } from './worker/check-aside.ts'

type Existing = NonNullable<PublishFacts['existing']>
type Row = Omit<Existing, 'latest'> & Omit<Existing['latest'], 'at'> & { at: Date }

/** Locks the template, so that two people who publish at once get two numbers. */
async function lockTemplate({
  tx,
  teamId,
  slug,
}: {
  tx: Tx
  teamId: string
  slug: string
}): Promise<Existing | null> {
  await tx.$queryRaw`SELECT id FROM template WHERE team_id = ${teamId}::uuid AND slug = ${slug} FOR UPDATE`
  const rows = await tx.$queryRaw<Row[]>`
    SELECT t.id, t.slug, t.name, t.archived_at IS NOT NULL AS archived, v.number, v.source_hash AS "sourceHash", v.model,
           u.name AS by, v.published_at AS at
    FROM template t JOIN template_version v ON v.template_id = t.id
    JOIN member m ON m.id = v.published_by JOIN user_account u ON u.id = m.user_id
    WHERE t.team_id = ${teamId}::uuid AND t.slug = ${slug} ORDER BY v.number DESC LIMIT 1`
  const row = rows[0]
  if (!row) return null
  const { id, name, archived, number, sourceHash, model, by, at } = row
  return { id, slug: row.slug, name, archived, latest: { number, sourceHash, model, by, at: at.getTime() } }
}

async function teamRoles(tx: Tx, teamId: string): Promise<string[]> {
  const roles = await tx.signoffRole.findMany({ where: { teamId }, select: { name: true } })
  return roles.map(({ name }) => name)
}

async function applyPublish(tx: Tx, { teamId, at, template, version, roles }: PublishChange): Promise<void> {
  await tx.signoffRole.createMany({ data: roles.map((role) => ({ ...role, teamId, createdAt: at })) })
  await tx.template.createMany({ data: template ? [{ ...template, teamId, createdAt: at }] : [] })
  const model = version.model as unknown as Prisma.InputJsonValue
  await tx.templateVersion.create({
    data: { ...version, model, teamId, publishedAt: at },
    select: { id: true },
  })
}

const NOTE = z.string().trim().max(500, 'At most 500 characters.')
const KEY = z.string().max(KEY_MAX_LENGTH)

/** Publishes a source as the next version of a template, or as the first of a new one. */
export const publishTemplate = command({
  name: 'template.publish',
  scope: 'team',
  input: z.object({
    team: z.string(),
    /** Slug of the template that gets a new version; null makes a new template. */
    template: z.string().max(SLUG_MAX_LENGTH).nullable().default(null),
    name: z
      .string()
      .trim()
      .min(1, 'Give the template a name.')
      .max(120, 'At most 120 characters.')
      .nullable()
      .default(null),
    source: z.string().min(1, 'Paste or choose a Markdown file.'),
    note: NOTE.default(''),
    /** Number of the version that the text was made from: refused when another is the latest by now. */
    basedOn: z.int().min(1).nullable().default(null),
    /** Key of an item as the text gives it → key of the item of the latest version that it continues, or null for none. */
    identity: z.record(KEY, KEY.nullable()).optional(),
  }),
  prepare: async ({ source }) => {
    const checked = await checkAside(source)
    return checked.ok ? ok({ model: checked.model, sourceHash: sha256Hex(source) }) : refuse(checked.refusal)
  },
  facts: async (
    tx,
    { template, name, source },
    actor,
    prepared: { model: TemplateModel; sourceHash: string },
  ): Promise<PublishFacts | null> => {
    const place = placeIn(actor)
    if (!place) return null
    const { teamId } = place
    const slug = template ?? templateSlug(name ?? '')
    const existing = slug === null ? null : await lockTemplate({ tx, teamId, slug })
    if (template !== null && existing === null) return null
    return {
      stream: place.streamId,
      teamId,
      source,
      ...prepared,
      existing,
      teamRoles: await teamRoles(tx, teamId),
    }
  },
  decide: decidePublish,
  apply: applyPublish,
})

/** Publishes an old version's text once more, as the next version. Its items are those that it had. */
export const restoreTemplate = command({
  name: 'template.restore',
  scope: 'team',
  input: z.object({
    team: z.string(),
    template: z.string(),
    number: z.int().min(1),
    basedOn: z.int().min(1),
    note: NOTE.default(''),
  }),
  facts: async (tx, { template, number }, actor): Promise<PublishFacts | null> => {
    if (!isMember(actor)) return null
    const teamId = actor.team.id
    const existing = await lockTemplate({ tx, teamId, slug: template })
    if (!existing) return null
    const old = await tx.templateVersion.findFirst({ where: { teamId, templateId: existing.id, number } })
    if (!old) return null
    const { source, sourceHash } = old
    const model = old.model as unknown as TemplateModel
    const rest = { existing, restores: number, teamRoles: await teamRoles(tx, teamId) }
    return { stream: actor.team.streamId, teamId, source, sourceHash, model, ...rest }
  },
  decide: (facts, input, context) => decidePublish(facts, { ...input, name: null }, context),
  apply: applyPublish,
})

async function archiveFacts(
  tx: Tx,
  { template }: { template: string },
  actor: Actor,
): Promise<ArchiveFacts | null> {
  if (!isMember(actor)) return null
  const existing = await lockTemplate({ tx, teamId: actor.team.id, slug: template })
  return existing ? { stream: actor.team.streamId, teamId: actor.team.id, existing } : null
}

async function applyArchive(tx: Tx, { id, at }: { id: string; at: Date | null }): Promise<void> {
  await tx.template.update({ where: { id }, data: { archivedAt: at }, select: { id: true } })
}

/** Takes a template off the list of what runs can be opened from; its versions and runs stay. */
export const archiveTemplate = command({
  name: 'template.archive',
  scope: 'team',
  input: z.object({ team: z.string(), template: z.string() }),
  facts: archiveFacts,
  decide: decideArchive,
  apply: applyArchive,
})

/** Puts it back on that list. */
export const unarchiveTemplate = command({
  name: 'template.unarchive',
  scope: 'team',
  input: z.object({ team: z.string(), template: z.string() }),
  facts: archiveFacts,
  decide: decideUnarchive,
  apply: applyArchive,
})

const TRIES = { limit: 60, seconds: 60 }

/** Writes down that somebody tries a probe of a text that is not published, with an environment's variables. */
export const tryProbe = command({
  name: 'template.tryProbe',
  scope: 'team',
  input: z.object({
    team: z.string(),
    service: z.string().max(SLUG_MAX_LENGTH),
    environment: z.string().max(SLUG_MAX_LENGTH),
    /** What stands behind `probe:` in the comment. */
    probe: z.string(),
  }),
  prepare: async ({ probe }, actor) => {
    const parsed = parseProbe(probe)
    if (!parsed.ok)
      return refuse({
        code: 'invalid',
        message: 'This is no probe.',
        fields: { probe: parsed.problem.message },
      })
    if (!isPulledConfig(parsed.config))
      return refuse({
        code: 'invalid',
        message: `A ${parsed.config.kind} is pushed to a run: there is nothing to look at here.`,
        fields: { probe: 'This kind cannot be tried.' },
      })
    if (actor.kind !== 'person' || mayDo({ actor, verb: 'template.tryProbe' }) !== true)
      return ok(parsed.config)
    // Each part is a look, or a composite would be a way to knock at many doors at once.
    const uses = parsed.config.kind === 'composite' ? parsed.config.parts.length : 1
    const spent = await spend({ key: `try-probe:${actor.userId}`, window: TRIES, uses })
    return spent.allowed
      ? ok(parsed.config)
      : refuse({
          code: 'too_often',
          message: `Probes were tried ${TRIES.limit} times within a minute, each part of a composite counted. Try again in ${spent.retryAfterSeconds} s.`,
        })
  },
  facts: async (tx, { service, environment }, actor, config: ProbeConfig): Promise<TryFacts | null> => {
    const place = placeIn(actor)
    if (!place) return null
    const found = await tx.environment.findFirst({
      where: { teamId: place.teamId, slug: environment, service: { slug: service, archivedAt: null } },
      select: { id: true },
    })
    if (!found) return null
    const { teamId, streamId: stream } = place
    return {
      stream,
      teamId,
      environment: { id: found.id, service, slug: environment },
      probe: printProbe(config),
    }
  },
  decide: decideTry,
  apply: async () => {},
})
