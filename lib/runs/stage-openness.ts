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
      // Its items are open before GO, its steps only after Start: product decision 6. The run closes on the items, so
      // what a deployment shows only when it is out can still be settled then.
      return (
        state === 'deploying' || (item.kind === 'item' && (state === 'preparing' || state === 'verifying'))
      )
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
  if (state === 'rolling_back' && item.stage !== 'prepare')
    return 'The run is being rolled back; only the rollback is open.'
  if (item.stage === 'deploy' && state === 'verifying') return 'The deployment is done; its steps are closed.'
  return `${OPENS[item.stage]}.`
}

/**
 * The same for what renews evidence: a probe, a tick that has grown too old, a witness. It goes on at prepare items while
 * deploying: the gate is still asked then, and its evidence must not grow too old with no way to renew it.
 */
export function renewalObstacle({ state, item }: { state: RunState; item: Placed }): string | null {
  return item.stage === 'prepare' && state === 'deploying' ? null : stageObstacle({ state, item })
}
