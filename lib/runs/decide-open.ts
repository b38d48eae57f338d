import { isMember } from '#lib/access/actor.ts'
import type { AuditEntry, EventData } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import type { RunState } from '#lib/shared/codes.ts'
import { paths } from '#lib/shared/paths.ts'
import { RUN_STATE_WORDS } from '#lib/shared/words.ts'
import type { TemplateModel } from '#lib/templates/model.ts'
import { type AuthorRow, authorRow, authorSaid, NO_MEMBER, settleAuthor } from './author.ts'
import type { BoardItem } from './board-snapshot.ts'
import type { TextRef } from './evidence.ts'
import { frozenItems } from './frozen-items.ts'
import { advance, type ItemChange } from './item-change.ts'
import type { OpenInput } from './open-input.ts'
import { resolveScope } from './slot-scope.ts'

export type OpenFacts = Facts & {
  teamId: string
  teamSlug: string
  sample: boolean
  /** Locked: its number is taken under the lock. */
  service: { id: string; slug: string; name: string; archived: boolean; nextRunNumber: number }
  environment: { id: string; slug: string; name: string; setVariables: readonly string[] }
  template: {
    versionId: string
    name: string
    number: number
    latest: number
    archived: boolean
    sourceHash: string
    model: TemplateModel
  }
  /** The live run of this service and environment. */
  live: { number: number; state: RunState } | null
  teamRoles: readonly string[]
  /** The member whom the input names as the commit's author. */
  authorMember: { memberId: string; name: string } | null
}

export type OpenChange = {
  run: AuthorRow & {
    id: string
    teamId: string
    serviceId: string
    environmentId: string
    number: number
    templateVersionId: string
    templateHash: string
    version: string
    commit: string
    artifactDigest: string | null
    changeTicket: string | null
    windowStart: Date | null
    windowEnd: Date | null
    facts: Record<string, boolean | null>
    openedBy: string
    openedByName: string
    openedAt: Date
  }
  items: BoardItem[]
  slots: { id: string; role: string; ordinal: number; scope: string[] }[]
  notApplicable: ItemChange[]
}

export type OpenedRun = { runId: string; service: string; number: number; path: string }

function slotsOf({
  model,
  teamRoles,
  newId,
}: {
  model: TemplateModel
  teamRoles: readonly string[]
  newId: () => string
}): OpenChange['slots'] {
  const slots = new Map<string, OpenChange['slots'][number]>()
  for (const { role: written, scope } of model.roles) {
    // The team's own spelling: a signer is matched by the name of the role they hold.
    const role = teamRoles.find((name) => name.toLowerCase() === written.toLowerCase()) ?? written
    if (!slots.has(role))
      slots.set(role, { id: newId(), role, ordinal: slots.size, scope: resolveScope({ scope, model }) })
  }
  return [...slots.values()]
}

function obstacle({ service, environment, template, live, teamSlug }: OpenFacts, input: OpenInput) {
  if (service.archived) return refused('archived', `${service.name} is archived; no run is opened for it.`)
  if (live) {
    const path = paths.run({ team: teamSlug, service: service.slug, number: live.number })
    return refused(
      'run_is_live',
      `${service.name} #${live.number} is still ${RUN_STATE_WORDS[live.state]} in ${environment.name}. Finish or abort it first.`,
      {
        detail: { number: live.number, path },
      },
    )
  }
  if (template.archived)
    return refused('archived', `${template.name} is archived; choose another template.`, {
      fields: { template: 'This template is archived.' },
    })
  if (input.templateNumber !== null && input.templateNumber !== template.latest) {
    return refused(
      'template_moved',
      `Version ${template.latest} of ${template.name} was published meanwhile. Look at its facts again and open the run.`,
      {
        fields: { template: `Version ${template.latest} is the latest now.` },
      },
    )
  }
  return null
}

/** The questions whose answer is no, by the items that they make not applicable. */
function factsAnsweredNo({ model, input }: { model: TemplateModel; input: OpenInput }): Map<string, string> {
  const byItem = new Map<string, string>()
  for (const { key, question, itemKeys } of model.facts) {
    if (input.facts[key] === false) for (const itemKey of itemKeys) byItem.set(itemKey, `${question} No.`)
  }
  return byItem
}

/** Its probe is asked only where variables are set that this environment does not have. */
function isUnasked({ probe, probeHash, shadowHash }: BoardItem): boolean {
  return probe !== null && probeHash === null && shadowHash === null
}

/**
 * Opens a run: a frozen copy of the template's items and steps, its slots with their scope, the next number of the
 * service, and a log of its own whose first line is `run.opened`. Items that a fact answered "no" rules out are n/a from
 * the start, exactly those that the page showed.
 */
export function decideOpen(
  facts: OpenFacts,
  input: OpenInput,
  { actor, now, newId, write }: DecideContext,
): Decision<OpenChange, OpenedRun> {
  if (!isMember(actor)) return refused('forbidden', 'Only a member of the team opens a run.')
  const refusal = obstacle(facts, input)
  if (refusal) return refusal
  const { service, environment, template, teamId } = facts
  const { model } = template
  const ruledOut = factsAnsweredNo({ model, input })
  const unseen = input.notApplicable.find((key) => !ruledOut.has(key))
  if (unseen !== undefined) {
    return refused(
      'invalid',
      'The answers and the list of n/a items do not fit. Answer the questions again.',
      { fields: { facts: `${unseen} is not ruled out by an answer.` } },
    )
  }

  const author = settleAuthor({ given: input.author, member: facts.authorMember })
  if (author === undefined) return refused('invalid', NO_MEMBER, { fields: { author: NO_MEMBER } })

  const runId = newId()
  const number = service.nextRunNumber
  const by = { memberId: actor.team.memberId, name: actor.name }
  const answers = Object.fromEntries(model.facts.map(({ key }) => [key, input.facts[key] ?? null]))
  const items = frozenItems({ model, newId, isSet: (name) => environment.setVariables.includes(name) })
  const opened: EventData<'run.opened'> = {
    runId,
    service: service.slug,
    environment: environment.slug,
    number,
    templateVersionId: template.versionId,
    templateHash: template.sourceHash,
    version: input.version,
    commit: input.commit,
    artifactDigest: input.artifactDigest,
    author: authorSaid({ author, write }),
    changeTicket: input.changeTicket,
    windowStart: input.windowStart === null ? null : Date.parse(input.windowStart),
    windowEnd: input.windowEnd === null ? null : Date.parse(input.windowEnd),
    facts: answers,
    sample: facts.sample,
    leftOut: items.filter(isUnasked).map(({ key }) => key),
  }
  const genesis: AuditEntry = { action: 'run.opened', data: opened }
  const notApplicable: ItemChange[] = []
  const marked: AuditEntry[] = []
  const reasons = new Map<string, TextRef>()
  for (const item of items.filter(({ key }) => input.notApplicable.includes(key))) {
    const words = ruledOut.get(item.key) ?? ''
    const reason = reasons.get(words) ?? write(words)
    reasons.set(words, reason)
    // The run's own log begins with its opening, so the first mark is its second line.
    const { change } = advance({
      item,
      row: { kind: 'not_applicable', by, at: now.getTime(), reason },
      seq: 2 + marked.length,
      evidenceId: newId(),
    })
    notApplicable.push(change)
    marked.push({
      action: 'run.item_marked_not_applicable',
      data: { key: item.key, version: 1, reason, fact: item.factKey },
    })
  }
  const { windowStart, windowEnd, ...named } = opened
  return {
    kind: 'changed',
    change: {
      run: {
        id: runId,
        teamId,
        serviceId: service.id,
        environmentId: environment.id,
        number,
        templateVersionId: template.versionId,
        templateHash: template.sourceHash,
        version: named.version,
        commit: named.commit,
        artifactDigest: named.artifactDigest,
        ...authorRow(author),
        changeTicket: named.changeTicket,
        windowStart: windowStart === null ? null : new Date(windowStart),
        windowEnd: windowEnd === null ? null : new Date(windowEnd),
        facts: answers,
        openedBy: by.memberId,
        openedByName: by.name,
        openedAt: now,
      },
      items,
      slots: slotsOf({ model, teamRoles: facts.teamRoles, newId }),
      notApplicable,
    },
    value: {
      runId,
      service: service.slug,
      number,
      path: paths.run({ team: facts.teamSlug, service: service.slug, number }),
    },
    entries: [genesis],
    opens: { id: runId, teamId, kind: 'run', sample: facts.sample, entries: [genesis, ...marked] },
  }
}
