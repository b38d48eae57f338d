import { isLive, type RunState } from '#lib/shared/codes.ts'

type InState = { state: RunState }

/** Nothing changes any more. */
export function isOver({ state }: InState): boolean {
  return !isLive(state)
}

/** The deployment was started and the run is not over. */
export function hasStarted({ state }: InState): boolean {
  return state !== 'preparing' && isLive(state)
}
