import type { AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { blocksOf } from '#lib/probes/blocks.ts'
import type { ProbeConfig } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import type { Judgement } from '#lib/probes/judgement.ts'
import type { Observation } from '#lib/probes/observation.ts'
import { reportsIn } from '#lib/probes/observations/report.ts'
import { canonical } from '#lib/shared/canonical.ts'
import type { Verdict } from '#lib/shared/codes.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import type { Json } from '#lib/shared/result.ts'
import type { Evidence } from './evidence.ts'
import { stateOf } from './fold.ts'
import { advance, named, type RunItemsChange, type Standing, staledBy } from './item-change.ts'
import { itemRule } from './item-rules.ts'
import type { RuleItem, RuleRun } from './run-facts.ts'

export type ObservationFacts = Facts & {
  teamId: string
  run: RuleRun
  item: RuleItem
  config: ProbeConfig
  /** Standing signatures whose scope holds the item and that are not stale yet. */
  covering: Standing[]
  /** Locked with the run: nobody else ends it meanwhile. */
  attempt: {
    id: string
    state: string
    fence: number
    /** The worker started it by itself, because what was seen grew old. */
    isRepeat: boolean
  }
}

export type ObservationInput = { fence: number; observation: Observation }

export type ObservationChange = RunItemsChange & {
  attemptId: string
  itemId: string
  observationId: string
  config: ProbeConfig
  configHash: string
  judgement: Judgement
  observation: Observation
  /** The worker looked by itself and found what it had found before: it need not be kept for ever. */
  repeated: boolean
  /** Lost: only a person starts another. */
  attemptState: 'done' | 'lost'
}

export type Observed = { key: string; verdict: Verdict; outcome: string; line: string }

const SAID: Record<Verdict, string> = {
  pass: 'The probe passes now',
  fail: 'The probe failed',
  inconclusive: 'The probe was inconclusive',
}

/** What the worker repeated by itself and found unchanged is no news; all else is. */
function lookedAction({ before, after, isRepeat }: { before: RuleItem; after: RuleItem; isRepeat: boolean }) {
  const isShadow = before.probeHash === null
  const last = ({ fold }: RuleItem) => (isShadow ? fold.shadow : fold.attempt)
  const isSame =
    last(before)?.outcome === last(after)?.outcome && stateOf(before.fold) === stateOf(after.fold)
  if (isRepeat && isSame) return 'run.probe_confirmed'
  return isShadow ? 'run.probe_shadowed' : 'run.probe_observed'
}

/** A report is as old as its push, however late it is looked at; several are as old as the oldest. */
function pushedBefore(observation: Observation): { since?: number } {
  if (observation.kind !== 'report') return {}
  const times = reportsIn(observation).map(({ pushedAt }) => Date.parse(pushedAt))
  return times.length === 0 ? {} : { since: Math.min(...times) }
}

/** What the log keeps of every address that was not allowed, whatever the whole came to. */
function blockedEntries({ key, observation }: { key: string; observation: Observation }): AuditEntry[] {
  return blocksOf(observation).map((block) => ({ action: 'run.probe_blocked', data: { key, ...block } }))
}

/**
 * Judges what a worker saw and makes it the item's next piece of evidence. Only the worker that holds the attempt now may
 * hand it in (its fence), and only while somebody still asks: a run that has ended, or an item marked n/a since, takes no
 * result. Signatures go stale when what they depend on changed, not when the same verdict was seen again.
 */
export function decideObservation(
  { teamId, run, item, config, covering, attempt }: ObservationFacts,
  { fence, observation }: ObservationInput,
  { now, newId, seq }: DecideContext,
): Decision<ObservationChange, Observed> {
  if (attempt.state !== 'running' || attempt.fence !== fence)
    return refused('attempt_over', 'This attempt was cancelled, or another worker holds it now.')
  const at = now.getTime()
  const rule = itemRule({ act: 'probe', state: run.state, item, memberId: '', now: at })
  if (rule !== true) return refused('not_wanted', rule.message)
  if (observation.error?.kind === 'cancelled')
    return refused('not_wanted', 'A look that was broken off shows nothing.')
  const isShadow = item.probeHash === null
  if (observation.configHash !== (item.probeHash ?? item.shadowHash))
    return refused('not_wanted', 'This was seen with another configuration than the item’s.')

  const judgement = judge(config, observation)
  const { outcome, verdict, line } = judgement
  const observationId = newId()
  const { configHash } = observation
  const kind = isShadow ? 'shadow' : 'observation'
  const row: Evidence = {
    kind,
    at,
    ...pushedBefore(observation),
    observationId,
    outcome,
    verdict,
    line,
    configHash,
  }
  const { after, change } = advance({ item, row, seq: seq + 1, evidenceId: newId() })
  const because = `${SAID[verdict]}: ${named(item)}`
  const { stale, entries } = staledBy({ run, covering, before: item, after, because })
  const { key } = item
  const observationHash = sha256Hex(canonical(observation as unknown as Json))
  // The repeats end with one that was given up, so that is news whatever was seen before.
  const isLost = observation.error?.kind === 'lost'
  const action = lookedAction({ before: item, after, isRepeat: attempt.isRepeat && !isLost })
  const seen = { observationId, outcome, verdict, line, configHash, observationHash }
  return {
    kind: 'changed',
    change: {
      teamId,
      runId: run.id,
      at: now,
      items: [change],
      stale,
      attemptId: attempt.id,
      itemId: item.id,
      observationId,
      config,
      configHash,
      judgement,
      observation,
      repeated: action === 'run.probe_confirmed',
      attemptState: isLost ? 'lost' : 'done',
    },
    value: { key, verdict, outcome, line },
    entries: [
      {
        action,
        data: { key, version: after.version, ...seen },
      },
      ...blockedEntries({ key, observation }),
      ...entries,
    ],
  }
}
