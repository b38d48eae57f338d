import { isMember } from '#lib/access/actor.ts'
import type { AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { isFailingLook } from './failing-look.ts'
import { itemRule } from './item-rules.ts'
import type { RuleItem, RuleRun } from './run-facts.ts'

/** Which items: by key, every one that a probe can look at now, or those whose last look was no pass. */
export type ProbeChoice = readonly string[] | 'all' | 'failing'
/** Why the worker starts probes that no person asked for: the run or a stage was opened, what was seen grows old, the gate was asked. */
export const CAUSES = ['opening', 'stage', 'schedule', 'gate'] as const
export type Cause = (typeof CAUSES)[number]

export type ProbedItem = RuleItem & {
  /** An attempt of its probe waits or runs already. */
  active: boolean
  /** An attempt was given up of late, as every worker that took it was lost: only a person starts another. */
  lost: boolean
  /** Its evidence comes by itself: there is nothing to ask. */
  pushed: boolean
}

export type StartProbesFacts = Facts & {
  teamId: string
  run: RuleRun
  /** Those with a probe, and the ones asked for by key. */
  items: ProbedItem[]
  /** Attempts of the whole team that wait or run. */
  teamActive: number
}

export type StartProbesChange = {
  teamId: string
  runId: string
  requestedBy: string | null
  cause: Cause | null
  at: Date
  attempts: { id: string; itemId: string }[]
}

/** `left`: how many more could have been started but for the team's limit. */
export type StartedProbes = { keys: string[]; left: number }

function chosen(items: readonly ProbedItem[], keys: ProbeChoice): ProbedItem[] {
  if (keys === 'all') return items.filter(({ probeHash, shadowHash }) => probeHash !== null || shadowHash)
  if (keys === 'failing') return items.filter(isFailingLook)
  return items.filter(({ key }) => keys.includes(key))
}

const NOTHING = {
  all: { code: 'nothing_to_probe', message: 'No probe looks at what is open now.' },
  failing: { code: 'nothing_failing', message: 'No probe fails now.' },
  keys: { code: 'no_item', message: 'There is no such item in this run.' },
} as const

function startedEntry({ keys, cause }: { keys: string[]; cause: Cause | null }): AuditEntry {
  if (cause === 'schedule') return { action: 'run.probes_repeated', data: { keys } }
  return { action: 'run.probes_started', data: cause === null ? { keys } : { keys, cause } }
}

/**
 * Queues one attempt for each chosen item that has none under way, in document order, as many as the team's limit has room
 * for. An item whose attempt is under way already is no fault; one that cannot be probed is, when nothing else was asked.
 */
export function decideStartProbes(
  { teamId, run, items, teamActive }: StartProbesFacts,
  { keys, cause: given }: { keys: ProbeChoice; cause?: Cause | undefined },
  { actor, now, newId }: DecideContext,
): Decision<StartProbesChange, StartedProbes> {
  const picked = chosen(items, keys)
  const none = NOTHING[typeof keys === 'string' ? keys : 'keys']
  if (picked.length === 0) return refused(none.code, none.message)
  const rules = picked
    .filter(({ active, lost }) => !active && !(lost && actor.kind === 'system'))
    .map((item) => ({
      item,
      rule: itemRule({ act: 'probe', state: run.state, item, memberId: '', now: now.getTime() }),
    }))
  const ready = rules.filter(({ rule }) => rule === true).map(({ item }) => item)
  if (ready.length === 0) {
    if (rules.length < picked.length) return { kind: 'unchanged', value: { keys: [], left: 0 } }
    const why = rules.map(({ rule }) => rule).find((rule) => rule !== true)
    return typeof keys === 'string' || why === undefined
      ? refused(none.code, none.message)
      : refused(why.code, why.message)
  }
  const room = LIMITS.probesAtOncePerTeam - teamActive
  if (room <= 0)
    return refused(
      'too_many_probes',
      `Your team has ${LIMITS.probesAtOncePerTeam} probes under way, which is the limit. Wait for some to end, or cancel them.`,
    )
  const started = ready.slice(0, room)
  const cause = actor.kind === 'system' ? (given ?? null) : null
  const startedKeys = started.map(({ key }) => key)
  return {
    kind: 'changed',
    change: {
      teamId,
      runId: run.id,
      cause,
      requestedBy: isMember(actor) ? actor.team.memberId : null,
      at: now,
      attempts: started.map(({ id }) => ({ id: newId(), itemId: id })),
    },
    value: { keys: startedKeys, left: ready.length - started.length },
    entries: [startedEntry({ keys: startedKeys, cause })],
  }
}

export type CancelProbesFacts = Facts & {
  teamId: string
  /** Attempts of the run that wait or run, in document order of their items. */
  active: { attemptId: string; key: string }[]
}

export type CancelProbesChange = { attemptIds: string[]; at: Date }

/** Ends attempts without a verdict. One that has ended meanwhile needs no cancelling. */
export function decideCancelProbes(
  { active }: CancelProbesFacts,
  { keys }: { keys: readonly string[] | 'all' },
  { now }: DecideContext,
): Decision<CancelProbesChange, { keys: string[] }> {
  const picked = keys === 'all' ? active : active.filter(({ key }) => keys.includes(key))
  const pickedKeys = picked.map(({ key }) => key)
  if (picked.length === 0) return { kind: 'unchanged', value: { keys: [] } }
  return {
    kind: 'changed',
    change: { attemptIds: picked.map(({ attemptId }) => attemptId), at: now },
    value: { keys: pickedKeys },
    entries: [{ action: 'run.probes_cancelled', data: { keys: pickedKeys } }],
  }
}
