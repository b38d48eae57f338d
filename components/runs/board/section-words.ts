import type { SectionView } from '#lib/runs/board.ts'
import type { RunState, Stage } from '#lib/shared/codes.ts'

/** When the steps and items of a stage open, for a run that is not there yet; null when they are open or were. */
export function opensWhen({ stage, state }: { stage: Stage; state: RunState }): string | null {
  if (stage === 'deploy' && state === 'preparing') return 'steps open at Start'
  if (stage === 'verify' && (state === 'preparing' || state === 'deploying')) return 'opens when deployed'
  if (stage === 'rollback' && state !== 'rolling_back' && state !== 'rolled_back') return 'opens on rollback'
  return null
}

/** `3/4`, or what the section waits for. */
export function countWords({ settled, total }: SectionView): string {
  return total === 0 ? '–' : `${settled}/${total}`
}

/** Titles above a section's own, so that two sections of one name can be told apart. */
export function aboveWords({ path, title }: SectionView): string {
  const above = path.at(-1) === title ? path.slice(0, -1) : path
  return above.join(' / ')
}
