import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { type PushedAttempts, startPushed, type WaitingItem } from './pushed-items.ts'
import type { RuleRun } from './run-facts.ts'

export type StartWaitingFacts = Facts & {
  teamId: string
  run: RuleRun
  /** Those that wait for what came. */
  items: WaitingItem[]
  teamActive: number
}
export type StartWaitingChange = PushedAttempts & { teamId: string; runId: string; at: Date }

/** Has every item that waits for what came looked at; nothing when none does, or none may be looked at now. */
export function decideStartWaiting(
  facts: StartWaitingFacts,
  _input: unknown,
  context: DecideContext,
): Decision<StartWaitingChange, { keys: string[] }> {
  const { attempts, again, keys } = startPushed(facts, context)
  if (keys.length === 0) return { kind: 'unchanged', value: { keys } }
  return {
    kind: 'changed',
    change: { teamId: facts.teamId, runId: facts.run.id, at: context.now, attempts, again },
    value: { keys },
    entries: [{ action: 'run.probes_started', data: { keys } }],
  }
}
