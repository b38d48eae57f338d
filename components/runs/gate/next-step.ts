import type { RunAct } from '#lib/runs/board.ts'
import type { RunState } from '#lib/shared/codes.ts'

export type NextStep = {
  act: Extract<RunAct, 'startDeployment' | 'markDeployed' | 'close' | 'finishRollback'>
  label: string
  /** Asked before, in a dialog. */
  confirm: 'start' | 'close' | null
  /** Why it is not open yet, short; `why` is the rule's own sentence. */
  short: (why: string) => string
}

const STEPS: Partial<Record<RunState, NextStep>> = {
  preparing: {
    act: 'startDeployment',
    label: 'Start deployment',
    confirm: 'start',
    short: (why) => (why.startsWith('The gate says') ? 'Opens when the gate says GO' : why),
  },
  deploying: { act: 'markDeployed', label: 'Mark deployed', confirm: null, short: (why) => why },
  verifying: { act: 'close', label: 'Close the run', confirm: 'close', short: (why) => why },
  rolling_back: { act: 'finishRollback', label: 'Finish the rollback', confirm: null, short: (why) => why },
}

/** What comes next for a run in this state; nothing for one that is over. */
export function nextStep(state: RunState): NextStep | null {
  return STEPS[state] ?? null
}
