import { stateOf } from './fold.ts'
import type { RuleItem } from './run-facts.ts'

/**
 * Whether “run failing” looks again here: the item failed, or the last look was no pass. What is pushed does not come by looking, so
 * of that it is never the case.
 */
export function isFailingLook({
  fold,
  probeHash,
  pushed,
}: Pick<RuleItem, 'fold' | 'probeHash'> & { pushed: boolean }): boolean {
  if (probeHash === null || pushed) return false
  return stateOf(fold) === 'failed' || (fold.attempt?.verdict ?? 'pass') !== 'pass'
}
