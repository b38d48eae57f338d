import { isLive, type RunState, type Stage } from '#lib/shared/codes.ts'
import { RUN_STATE_WORDS } from '#lib/shared/words.ts'

type Placed = { kind: 'item' | 'step'; stage: Stage }

const OPENS: Record<Stage, string> = {
  prepare: 'Prepare items are settled before the deployment starts',
  deploy: 'This opens when the deployment starts',
  verify: 'This opens when the deployment is marked as deployed',
  rollback: 'This opens when the run is rolled back',
}

function isOpen({ state, item }: { state: RunState; item: Placed }): boolean {
  switch (item.stage) {
    case 'prepare':
      return state === 'preparing'
    case 'deploy':
      // Its ticks are open before GO, its steps only after Start: product decision 6.
      return state === 'deploying' || (state === 'preparing' && item.kind === 'item')
    case 'verify':
      return state === 'verifying'
    case 'rollback':
      return state === 'rolling_back'
  }
}

/** Why nothing of this item can be settled while the run is in this state; null while it can. */
export function stageObstacle({ state, item }: { state: RunState; item: Placed }): string | null {
  if (!isLive(state)) return `The run is over (${RUN_STATE_WORDS[state]}); nothing changes any more.`
  if (isOpen({ state, item })) return null
  if (item.stage === 'deploy' && state !== 'preparing')
    return 'The deployment is done; its items and steps are closed.'
  if (item.stage === 'verify' && state === 'rolling_back')
    return 'The run is being rolled back; only the rollback is open.'
  return `${OPENS[item.stage]}.`
}
