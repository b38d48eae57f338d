import { isMember } from '#lib/access/actor.ts'
import type { AuditEntry } from '#lib/audit/events.ts'
import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { canonical } from '#lib/shared/canonical.ts'
import { isLive, type RunState } from '#lib/shared/codes.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import type { Json } from '#lib/shared/result.ts'
import type { RunAct } from './board.ts'
import type { TextRef } from './evidence.ts'
import { decideGate } from './gate.ts'
import type { RuleItem, RuleRun, RuleSlot } from './run-facts.ts'
import { type RunObstacle, runObstacle } from './run-rules.ts'
import { scopeEntry } from './scope.ts'
import { staleProbes } from './stale-probes.ts'

export type StepFacts = Facts & { teamId: string; run: RuleRun; slots: RuleSlot[]; items: RuleItem[] }

/** `reason`: what was typed, null when nothing was. `deployed`: asked when a run is aborted after Start. */
export type StepInput = { reason: string | null; deployed: boolean | null }

type Time = 'startedAt' | 'deployedAt' | 'rollbackAt' | 'endedAt'

/** The run's row after the step; a time that is not named stays as it is. */
export type StepChange = {
  runId: string
  state: RunState
  times: Partial<Record<Time, Date | null>>
  reasonId: string | null
}
export type RunStepped = { state: RunState; at: number }

export type RunStep = Exclude<RunAct, 'correctRelease' | 'answerFact' | 'probe'>

type Given = { facts: StepFacts; now: Date; reason: TextRef | null; deployed: boolean | null }
type Step = { state: RunState; times: StepChange['times']; entry: AuditEntry }

/** What the gate was asked with, so that the answer can be computed again: product decision 1. */
function gateInputs({ slots, items }: StepFacts) {
  const entries = items
    .filter(({ kind, stage, required }) => kind === 'item' && stage === 'prepare' && required)
    .map(scopeEntry)
  return {
    go: true,
    itemsHash: sha256Hex(canonical(entries as unknown as Json)),
    slots: slots.flatMap(({ role, standing }) =>
      standing ? [{ role, manifestHash: standing.manifestHash }] : [],
    ),
  }
}

const STEPS: Record<RunStep, (given: Given) => Step> = {
  startDeployment: ({ facts, now }) => ({
    state: 'deploying',
    times: { startedAt: now },
    entry: { action: 'run.deployment_started', data: { gate: gateInputs(facts) } },
  }),
  markDeployed: ({ now }) => ({
    state: 'verifying',
    times: { deployedAt: now },
    entry: { action: 'run.deployed', data: {} },
  }),
  undoDeployed: ({ reason }) => ({
    state: 'deploying',
    times: { deployedAt: null },
    entry: { action: 'run.deployed_undone', data: { reason } },
  }),
  rollBack: ({ now, reason }) => ({
    state: 'rolling_back',
    times: { rollbackAt: now },
    entry: { action: 'run.rollback_started', data: { reason } },
  }),
  finishRollback: ({ now }) => ({
    state: 'rolled_back',
    times: { endedAt: now },
    entry: { action: 'run.rolled_back', data: {} },
  }),
  abort: ({ now, reason, deployed }) => ({
    state: 'aborted',
    times: { endedAt: now },
    entry: { action: 'run.aborted', data: { reason, deployed } },
  }),
  close: ({ now }) => ({
    state: 'closed',
    times: { endedAt: now },
    entry: { action: 'run.closed', data: {} },
  }),
}

/** Steps that say why; the run keeps the reason of the ones that end it or turn it back. */
const REASONED: readonly RunStep[] = ['undoDeployed', 'rollBack', 'abort']
const KEPT: readonly RunStep[] = ['rollBack', 'abort']

/** `stale`: of a NO-GO, the items whose probes only have to look again. */
function refusedBy({ code, message, keys, reasons }: RunObstacle, stale: string[]) {
  const detail = { ...(keys ? { keys } : {}), ...(reasons ? { reasons } : {}) }
  return refused(code, message, { detail: stale.length > 0 ? { ...detail, stale } : detail })
}

/** One step of the run as a whole, under its lock. What stands in the way is listed with the keys of its items. */
export function decideStep(
  act: RunStep,
  facts: StepFacts,
  input: StepInput,
  { actor, now, write }: DecideContext,
): Decision<StepChange, RunStepped> {
  if (!isMember(actor)) return refused('forbidden', 'Only a member of the team does this.')
  const { run, items, slots } = facts
  const gate = decideGate({ run, items, slots, now: now.getTime(), askedDigest: null })
  const obstacle = runObstacle({ act, run, items, gate })
  if (obstacle) {
    const asked = { items, reasons: gate.reasons, now: now.getTime() }
    return refusedBy(obstacle, obstacle.code === 'no_go' ? staleProbes(asked) : [])
  }
  if (REASONED.includes(act) && input.reason === null) {
    return refused('reason_missing', 'Say why: it stays in the record.', {
      fields: { reason: 'Say why, in a sentence.' },
    })
  }
  const started = run.state !== 'preparing' && isLive(run.state)
  if (act === 'abort' && started && input.deployed === null) {
    return refused('deployed_unknown', 'The deployment had started: say whether anything was deployed.', {
      fields: { deployed: 'Was anything deployed?' },
    })
  }
  const reason = input.reason === null ? null : write(input.reason)
  const deployed = act === 'abort' ? (started ? input.deployed : false) : null
  const { state, times, entry } = STEPS[act]({ facts, now, reason, deployed })
  return {
    kind: 'changed',
    change: { runId: run.id, state, times, reasonId: KEPT.includes(act) ? (reason?.textId ?? null) : null },
    value: { state, at: now.getTime() },
    entries: [entry],
  }
}
