import { isLive, type RunState } from '#lib/shared/codes.ts'
import { counted, RUN_STATE_WORDS } from '#lib/shared/words.ts'
import type { RunAct } from './board.ts'
import { stateOf } from './fold.ts'
import type { GateAnswer } from './gate.ts'
import { named } from './item-change.ts'
import type { RuleItem, RuleRun } from './run-facts.ts'

/** Why a whole run cannot take this step now. `keys`: the items that stand in the way, `reasons`: the gate's. */
export type RunObstacle = { code: string; message: string; keys?: string[]; reasons?: string[] }

export type RunQuestion = { run: RuleRun; items: readonly RuleItem[]; gate: GateAnswer }

const isUnsettled = (item: RuleItem): boolean =>
  item.required && ['open', 'failed'].includes(stateOf(item.fold))

function inState(state: RunState, wanted: readonly RunState[], otherwise: string): RunObstacle | null {
  if (wanted.includes(state)) return null
  if (!isLive(state))
    return {
      code: 'run_over',
      message: `The run is over (${RUN_STATE_WORDS[state]}); nothing changes any more.`,
    }
  return { code: 'wrong_state', message: `${otherwise} The run is ${RUN_STATE_WORDS[state]}.` }
}

function settled(items: readonly RuleItem[], what: string): RunObstacle | null {
  const open = items.filter(isUnsettled)
  if (open.length === 0) return null
  const names = open.slice(0, 3).map(named)
  const more = open.length > names.length ? ` and ${open.length - names.length} more` : ''
  return {
    code: 'items_unsettled',
    message: `${counted({ count: open.length, one: what })} still open or failed: ${names.join(', ')}${more}.`,
    keys: open.map(({ key }) => key),
  }
}

function noGo({ go, reasons }: GateAnswer): RunObstacle | null {
  if (go) return null
  const keys = reasons.map(({ itemKey }) => itemKey).filter((key) => key !== undefined)
  const texts = reasons.map(({ text }) => text)
  const message = `The gate says NO-GO, for ${counted({ count: reasons.length, one: 'reason' })}: ${texts.slice(0, 3).join('; ')}${texts.length > 3 ? '; …' : ''}.`
  return { code: 'no_go', message, keys, reasons: texts }
}

/** A no-go that stands after Start: what is deployed against it is not closed as if all had agreed. */
function objection({ reasons }: GateAnswer): RunObstacle | null {
  const against = reasons.filter(({ code }) => code === 'slot_no_go')
  if (against.length === 0) return null
  const texts = against.map(({ text }) => text)
  return {
    code: 'no_go_stands',
    message: `${texts.join('; ')}. Roll back, or have the role sign go again, before the run is closed.`,
    reasons: texts,
  }
}

const RULES: Record<RunAct, (question: RunQuestion) => RunObstacle | null> = {
  startDeployment: ({ run, gate }) =>
    inState(run.state, ['preparing'], 'A deployment is started once.') ?? noGo(gate),
  markDeployed: ({ run, items }) =>
    inState(run.state, ['deploying'], 'Only a deployment that was started can be marked as deployed.') ??
    settled(
      items.filter(({ stage, kind }) => stage === 'deploy' && kind === 'step'),
      'deploy step',
    ),
  undoDeployed: ({ run }) =>
    inState(run.state, ['verifying'], '“Deployed” is taken back only while verifying.'),
  rollBack: ({ run }) =>
    inState(run.state, ['deploying', 'verifying'], 'Only what was started can be rolled back.'),
  finishRollback: ({ run, items }) =>
    inState(run.state, ['rolling_back'], 'There is no rollback to finish.') ??
    settled(
      items.filter(({ stage }) => stage === 'rollback'),
      'rollback item',
    ),
  abort: ({ run }) => inState(run.state, ['preparing', 'deploying', 'verifying', 'rolling_back'], ''),
  close: ({ run, items, gate }) =>
    inState(run.state, ['verifying'], 'A run closes after it was deployed and verified.') ??
    settled(
      items.filter(({ stage }) => stage === 'deploy' || stage === 'verify'),
      'deploy or verify item',
    ) ??
    objection(gate),
  correctRelease: ({ run }) =>
    inState(
      run.state,
      ['preparing'],
      'The release stands once its deployment has started; abort and open another run.',
    ),
  answerFact: ({ run }) =>
    inState(run.state, ['preparing'], 'Run facts are answered before the deployment starts.'),
  probe: ({ run }) => inState(run.state, ['preparing', 'deploying', 'verifying', 'rolling_back'], ''),
}

/** Null when the run may take this step now; one table for the command that decides and the board that offers. */
export function runObstacle({ act, ...question }: RunQuestion & { act: RunAct }): RunObstacle | null {
  return RULES[act](question)
}
