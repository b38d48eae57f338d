import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { MemberActor } from '#lib/access/actor.ts'
import { mayDo } from '#lib/access/policy.ts'
import { askedOf, type ProbeConfig } from '#lib/probes/config.ts'
import { db } from '#lib/server/db.ts'
import { countGallery, GALLERY, type GalleryCounts, type GalleryEntry } from './gallery-list.ts'
import type { TemplateModel } from './model.ts'
import { type NoticeConfig, noticeVariables } from './notice.ts'
import { parseTemplate } from './parse.ts'
import type { TryPlace } from './tried.ts'

export type TemplateRow = {
  slug: string
  name: string
  archived: boolean
  number: number
  /** Milliseconds. */
  publishedAt: number
  publishedBy: string
  items: number
  steps: number
  roles: string[]
  openRuns: number
}

/** `why`: the reason when the viewer may not. */
export type Permission = { can: boolean; why: string | null }

export type TemplateVersionView = {
  slug: string
  name: string
  archived: boolean
  number: number
  latest: number
  source: string
  sourceHash: string
  model: TemplateModel
  note: string
  publishedAt: number
  publishedBy: string
  versions: { number: number; note: string; publishedAt: number; publishedBy: string }[]
  publish: Permission
  archive: Permission
  unarchive: Permission
}

function permission(answer: true | string): Permission {
  return answer === true ? { can: true, why: null } : { can: false, why: answer }
}

/** The team's templates by name, archived ones last, each with its latest version. */
export async function listTemplates(
  actor: MemberActor,
): Promise<{ templates: TemplateRow[]; publish: Permission }> {
  const templates = await db().$queryRaw<TemplateRow[]>`
    SELECT t.slug, t.name, t.archived_at IS NOT NULL AS archived, v.number,
           (extract(epoch FROM v.published_at) * 1000)::float8 AS "publishedAt", u.name AS "publishedBy",
           jsonb_array_length(v.model -> 'items') AS items, jsonb_array_length(v.model -> 'steps') AS steps,
           ARRAY(SELECT role ->> 'role' FROM jsonb_array_elements(v.model -> 'roles') WITH ORDINALITY AS r(role, n) ORDER BY n) AS roles,
           (SELECT count(*)::int FROM run WHERE run.template_version_id IN (SELECT id FROM template_version WHERE template_id = t.id)
              AND run.state IN ('preparing','deploying','verifying','rolling_back')) AS "openRuns"
    FROM template t
    JOIN LATERAL (SELECT * FROM template_version WHERE template_id = t.id ORDER BY number DESC LIMIT 1) v ON true
    JOIN member m ON m.id = v.published_by JOIN user_account u ON u.id = m.user_id
    WHERE t.team_id = ${actor.team.id}::uuid
    ORDER BY t.archived_at IS NOT NULL, lower(t.name), t.slug`
  return { templates, publish: permission(mayDo({ actor, verb: 'template.publish' })) }
}

type VersionRow = Omit<TemplateVersionView, 'publish' | 'archive' | 'unarchive'>

/** One version with its source and what was understood of it; the latest when `number` is null. Null: absent or foreign. */
export async function getTemplateVersion(
  actor: MemberActor,
  { slug, number }: { slug: string; number: number | null },
): Promise<TemplateVersionView | null> {
  const rows = await db().$queryRaw<VersionRow[]>`
    SELECT t.slug, t.name, t.archived_at IS NOT NULL AS archived, v.number, v.source, v.source_hash AS "sourceHash", v.model, v.note,
           (extract(epoch FROM v.published_at) * 1000)::float8 AS "publishedAt", u.name AS "publishedBy",
           (SELECT max(number) FROM template_version WHERE template_id = t.id) AS latest,
           (SELECT jsonb_agg(jsonb_build_object('number', w.number, 'note', w.note,
                     'publishedAt', (extract(epoch FROM w.published_at) * 1000)::float8, 'publishedBy', wu.name) ORDER BY w.number DESC)
            FROM template_version w JOIN member wm ON wm.id = w.published_by JOIN user_account wu ON wu.id = wm.user_id
            WHERE w.template_id = t.id) AS versions
    FROM template t JOIN template_version v ON v.template_id = t.id
    JOIN member m ON m.id = v.published_by JOIN user_account u ON u.id = m.user_id
    WHERE t.team_id = ${actor.team.id}::uuid AND t.slug = ${slug} AND (${number}::int IS NULL OR v.number = ${number}::int)
    ORDER BY v.number DESC LIMIT 1`
  const row = rows[0]
  if (!row) return null
  return {
    ...row,
    publish: permission(mayDo({ actor, verb: 'template.publish' })),
    archive: permission(
      row.archived ? 'It is archived already.' : mayDo({ actor, verb: 'template.archive' }),
    ),
    unarchive: permission(
      row.archived ? mayDo({ actor, verb: 'template.unarchive' }) : 'It is not archived.',
    ),
  }
}

/** What an annotation may name: the team's sign-off roles, and the variables of its environments. */
export async function listAnnotationWords(
  actor: MemberActor,
): Promise<{ roles: string[]; variables: string[] }> {
  const rows = await db().$queryRaw<{ roles: string[]; variables: string[] }[]>`
    SELECT ARRAY(SELECT name FROM signoff_role WHERE team_id = ${actor.team.id}::uuid ORDER BY name) AS roles,
           ARRAY(SELECT v.name FROM environment e, jsonb_object_keys(e.variables) AS v(name)
                 WHERE e.team_id = ${actor.team.id}::uuid
                 UNION SELECT name FROM environment_secret WHERE team_id = ${actor.team.id}::uuid
                 ORDER BY name) AS variables`
  return rows[0] ?? { roles: [], variables: [] }
}

/** Where a probe can be tried: the team's environments, by service and in their order. */
export async function listTryPlaces(actor: MemberActor): Promise<TryPlace[]> {
  return db().$queryRaw<TryPlace[]>`
    SELECT s.slug AS service, e.slug AS environment, s.name || ', ' || e.name AS label
    FROM environment e JOIN service s ON s.id = e.service_id
    WHERE e.team_id = ${actor.team.id}::uuid AND s.archived_at IS NULL ORDER BY lower(s.name), s.id, e.ordinal, e.id`
}

type ShippedTemplate = GalleryEntry & GalleryCounts & { source: string; model: TemplateModel }

/** Read once: the files only change with the program. */
const shelf = new Map<string, Promise<ShippedTemplate>>()

async function readShipped(entry: GalleryEntry): Promise<ShippedTemplate> {
  const file = path.join(process.cwd(), 'lib', 'templates', 'gallery', `${entry.slug}.md`)
  const source = await readFile(file, 'utf8')
  const model = parseTemplate(source)
  return { ...entry, ...countGallery(model), source, model }
}

function takeFromShelf(entry: GalleryEntry): Promise<ShippedTemplate> {
  const kept = shelf.get(entry.slug)
  if (kept !== undefined) return kept
  const read = readShipped(entry)
  shelf.set(entry.slug, read)
  read.catch(() => shelf.delete(entry.slug))
  return read
}

/** The checklists that come with Countersign, to start from. */
export function listGallery(_actor: MemberActor): readonly GalleryEntry[] {
  return GALLERY
}

/** The same with what each holds. */
export async function listGalleryCounts(_actor: MemberActor): Promise<(GalleryEntry & GalleryCounts)[]> {
  const shipped = await Promise.all(GALLERY.map(takeFromShelf))
  return shipped.map(({ source: _source, model: _model, ...rest }) => rest)
}

/** One of them with its Markdown and what is understood of it; null for a slug that is none of them. */
export async function getGalleryTemplate(_actor: MemberActor, slug: string): Promise<ShippedTemplate | null> {
  const entry = GALLERY.find((one) => one.slug === slug)
  return entry === undefined ? null : takeFromShelf(entry)
}

export type AskedVariable = { name: string; templates: string[] }

/** The variables that probes and notices of the team's checklists ask for, by name, and which checklists do. */
export async function listAskedVariables(actor: MemberActor): Promise<AskedVariable[]> {
  const rows = await db().$queryRaw<{ name: string; probes: ProbeConfig[]; notices: NoticeConfig[] }[]>`
    SELECT t.name, jsonb_path_query_array(v.model, '$.items[*].probe ? (@ != null)') AS probes,
           jsonb_path_query_array(v.model, '$.items[*].notice ? (@ != null)') AS notices
    FROM template t
    JOIN LATERAL (SELECT model FROM template_version WHERE template_id = t.id ORDER BY number DESC LIMIT 1) v ON true
    WHERE t.team_id = ${actor.team.id}::uuid AND t.archived_at IS NULL ORDER BY lower(t.name), t.id`
  const asked = new Map<string, string[]>()
  for (const { name, probes, notices } of rows)
    for (const variable of new Set([...probes.flatMap(askedOf), ...notices.flatMap(noticeVariables)]))
      asked.set(variable, [...(asked.get(variable) ?? []), name])
  return [...asked]
    .map(([name, templates]) => ({ name, templates }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
