import { z } from 'zod'
import { isMember, placeIn } from '#lib/access/actor.ts'
import { command } from '#lib/door/command.ts'
import type { Tx } from '#lib/server/db.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import { ok, refuse } from '#lib/shared/result.ts'
import { SLUG_MAX_LENGTH } from '#lib/shared/slug.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { checkSource } from './check-source.ts'
import { type ArchiveFacts, decideArchive } from './decide-archive.ts'
import { decidePublish, type PublishChange, type PublishFacts, templateSlug } from './decide-publish.ts'
import type { TemplateModel } from './model.ts'

type Row = { id: string; slug: string; name: string; archived: boolean; number: number; source_hash: string }

/** Locks the template, so that two people who publish at once get two numbers. */
async function lockTemplate({
  tx,
  teamId,
  slug,
}: {
  tx: Tx
  teamId: string
  slug: string
}): Promise<PublishFacts['existing']> {
  await tx.$queryRaw`SELECT id FROM template WHERE team_id = ${teamId}::uuid AND slug = ${slug} FOR UPDATE`
  const rows = await tx.$queryRaw<Row[]>`
    SELECT t.id, t.slug, t.name, t.archived_at IS NOT NULL AS archived, v.number, v.source_hash
    FROM template t JOIN template_version v ON v.template_id = t.id
    WHERE t.team_id = ${teamId}::uuid AND t.slug = ${slug} ORDER BY v.number DESC LIMIT 1`
  const row = rows[0]
  return row
    ? {
        id: row.id,
        slug: row.slug,
        name: row.name,
        archived: row.archived,
        latest: { number: row.number, sourceHash: row.source_hash },
      }
    : null
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
    note: z.string().trim().max(500, 'At most 500 characters.').default(''),
  }),
  prepare: async ({ source }) => {
    const checked = checkSource(source)
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
    const roles = await tx.signoffRole.findMany({ where: { teamId }, select: { name: true } })
    return {
      stream: place.streamId,
      teamId,
      source,
      ...prepared,
      existing,
      teamRoles: roles.map((role) => role.name),
    }
  },
  decide: decidePublish,
  apply: applyPublish,
})

/** Takes a template off the list of what runs can be opened from; its versions and runs stay. */
export const archiveTemplate = command({
  name: 'template.archive',
  scope: 'team',
  input: z.object({ team: z.string(), template: z.string() }),
  facts: async (tx, { template }, actor): Promise<ArchiveFacts | null> => {
    if (!isMember(actor)) return null
    const existing = await lockTemplate({ tx, teamId: actor.team.id, slug: template })
    return existing ? { stream: actor.team.streamId, teamId: actor.team.id, existing } : null
  },
  decide: decideArchive,
  apply: async (tx, { id, at }: { id: string; at: Date }) => {
    await tx.template.update({ where: { id }, data: { archivedAt: at }, select: { id: true } })
  },
})
