import { placeIn } from '#lib/access/actor.ts'
import type { AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { ok, type Refusal } from '#lib/shared/result.ts'
import { isReservedSlug, slugify } from '#lib/shared/slug.ts'
import { formatUtc } from '#lib/shared/time.ts'
import { type Identity, keepKeys } from './keep-keys.ts'
import type { TemplateModel } from './model.ts'

export type PublishInput = {
  template: string | null
  name: string | null
  note: string
  /** Number of the version that the text was made from; null when it was made from none. */
  basedOn: number | null
  /** What a person said about which items go on; absent: only the certain ones do. */
  identity?: Identity | undefined
}

export type PublishFacts = Facts & {
  teamId: string
  source: string
  sourceHash: string
  model: TemplateModel
  /** The template at the asked or derived slug, locked; null when there is none. */
  existing: {
    id: string
    slug: string
    name: string
    archived: boolean
    latest: { number: number; sourceHash: string; model: TemplateModel; by: string; at: number }
  } | null
  /** Number of the old version whose text this is, when it is brought back. */
  restores?: number
  /** Names of the team's sign-off roles. */
  teamRoles: readonly string[]
}

export type PublishChange = {
  teamId: string
  at: Date
  /** Null for a new version of a template that exists. */
  template: { id: string; slug: string; name: string } | null
  version: {
    id: string
    templateId: string
    number: number
    source: string
    sourceHash: string
    model: TemplateModel
    note: string
    publishedBy: string
  }
  roles: { id: string; name: string }[]
}

export type Published = { slug: string; number: number; created: boolean }

/** The slug that a new template gets from its name, or null when the name gives none or an address needs the word. */
export function templateSlug(name: string): string | null {
  const slug = slugify(name)
  return slug === '' || isReservedSlug(slug) ? null : slug
}

const NO_SLUG =
  'Use a name with Latin letters or digits, and not one that Countersign uses for its own pages.'

/** A version is published as it came and never changes; the same source as the latest version makes no new one. */
export function decidePublish(
  facts: PublishFacts,
  input: PublishInput,
  { actor, now, newId }: DecideContext,
): Decision<PublishChange, Published> {
  const { existing, teamId, source, sourceHash } = facts
  const place = placeIn(actor)
  if (!place) return refused('forbidden', 'Sign in as a member of this team.')
  if (input.template === null && existing) {
    return refused(
      'slug_taken',
      `There is a template ${existing.name} already. Publish a new version of it, or choose another name.`,
      {
        fields: { name: `This name leads to the address of ${existing.name}.` },
      },
    )
  }
  if (existing?.archived)
    return refused(
      'archived',
      `${existing.name} is archived. Bring it back first, or publish under another name.`,
    )
  if (existing && existing.latest.sourceHash === sourceHash) {
    return {
      kind: 'unchanged',
      value: { slug: existing.slug, number: existing.latest.number, created: false },
    }
  }
  if (existing && input.basedOn !== null && input.basedOn !== existing.latest.number)
    return { kind: 'refused', refusal: overtaken(existing.latest) }
  const kept = existing
    ? keepKeys({ model: facts.model, earlier: existing.latest.model, identity: input.identity })
    : ok({ model: facts.model, continued: 0 })
  if (!kept.ok) return { kind: 'refused', refusal: kept.refusal }
  const { model, continued } = kept.value

  const name = input.name ?? ''
  const slug = existing?.slug ?? templateSlug(name)
  if (slug === null)
    return refused('invalid', 'The template needs another name.', { fields: { name: NO_SLUG } })

  const templateId = existing?.id ?? newId()
  const versionId = newId()
  const number = (existing?.latest.number ?? 0) + 1
  const roles = missingRoles({ model, teamRoles: facts.teamRoles }).map((role) => ({
    id: newId(),
    name: role,
  }))
  const added = roles.map(
    (role): AuditEntry => ({ action: 'team.signoff_role_added', data: { roleId: role.id, name: role.name } }),
  )
  return {
    kind: 'changed',
    change: {
      teamId,
      at: now,
      template: existing ? null : { id: templateId, slug, name },
      version: {
        id: versionId,
        templateId,
        number,
        source,
        sourceHash,
        model,
        note: input.note,
        publishedBy: place.memberId,
      },
      roles,
    },
    value: { slug, number, created: true },
    entries: [
      {
        action: 'template.published',
        data: {
          templateId,
          versionId,
          slug,
          number,
          sourceHash,
          items: model.items.length,
          continued,
          ...(facts.restores === undefined ? {} : { restores: facts.restores }),
        },
      },
      ...added,
    ],
  }
}

/** Two people made a version from the same one: the later one is told whose stands. Nothing is merged unseen. */
function overtaken({ number, by, at }: { number: number; by: string; at: number }): Refusal {
  return {
    code: 'lost_race',
    message: `${by} published version ${number} at ${formatUtc(at)}, after the one that your text was made from. Nothing of yours was published, and nothing is lost.`,
    detail: { number, by, at: new Date(at).toISOString() },
  }
}

/** Roles that the checklist asks to sign and the team does not have yet; names that differ in case only are the same role. */
function missingRoles({
  model,
  teamRoles,
}: {
  model: TemplateModel
  teamRoles: readonly string[]
}): string[] {
  const known = new Set(teamRoles.map((role) => role.toLowerCase()))
  const missing: string[] = []
  for (const { role } of model.roles) {
    if (known.has(role.toLowerCase())) continue
    known.add(role.toLowerCase())
    missing.push(role)
  }
  return missing
}
