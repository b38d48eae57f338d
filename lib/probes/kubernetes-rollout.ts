import { counted } from '#lib/shared/words.ts'
import type { Found } from './judged.ts'
import type { KubernetesWorkload } from './observations/kubernetes.ts'

type Workload = 'deployment' | 'statefulset' | 'daemonset'
type Said = { observed: string; value: boolean | null }

/**
 * Is a rollout done? The arithmetic of `kubectl rollout status` (polymorphichelpers/rollout_status.go), stricter where a snapshot
 * would flatter: a status that lags behind, a rollout that is paused or done by hand, and nothing to roll out say nothing; and
 * what was rolled out must be available now. Kubernetes has no word for "done", so this is the state of one moment.
 */
export function rolledOut(
  of: Workload,
  { workload, zeroDeclared }: { workload: KubernetesWorkload; zeroDeclared: boolean },
): Found {
  const { generation, observedGeneration, desired, paused, strategy } = workload
  if (observedGeneration === 0 || observedGeneration < generation)
    return unknown(`the status is of generation ${observedGeneration}, ${generation} is asked for`)
  if (paused) return unknown('the rollout is paused')
  if (of !== 'deployment' && strategy === 'OnDelete')
    return unknown('its pods are replaced by hand (OnDelete), so there is no rollout')
  if (desired === 0 && !zeroDeclared) return unknown('0 replicas are asked for')
  if (of === 'deployment') return deployment(workload)
  return of === 'statefulset' ? statefulSet(workload) : daemonSet(workload)
}

function deployment({ conditions, desired, updated, replicas, available }: KubernetesWorkload): Said {
  const progressing = conditions.find(({ type }) => type === 'Progressing')
  if (progressing?.reason === 'ProgressDeadlineExceeded') return not('it exceeded its progress deadline')
  if (updated < desired) return not(`${updated} of ${counted({ count: desired, one: 'replica' })} updated`)
  if (replicas > updated) return not(`${counted({ count: replicas - updated, one: 'old replica' })} left`)
  if (available < updated)
    return not(`${available} of ${counted({ count: updated, one: 'updated replica' })} available`)
  // Progressing stays True after pods are lost again.
  const now = conditions.find(({ type }) => type === 'Available')
  if (now === undefined) return unknown('it does not say whether it is available')
  if (now.status !== 'True') return not(`not available: ${now.reason ?? 'no reason given'}`)
  return yes(`${updated} of ${counted({ count: desired, one: 'replica' })} updated and available`)
}

function statefulSet({ desired, updated, ready, partition, revisionsAgree }: KubernetesWorkload): Said {
  if (ready < desired) return not(`${ready} of ${counted({ count: desired, one: 'replica' })} ready`)
  if (partition > 0) {
    const wanted = Math.max(0, desired - partition)
    if (wanted === 0) return unknown(`a partition of ${partition} leaves no replica to update`)
    if (updated < wanted)
      return not(`${updated} of ${counted({ count: wanted, one: 'replica' })} of the partition updated`)
    return yes(`${updated} of ${counted({ count: wanted, one: 'replica' })} of the partition updated`)
  }
  if (revisionsAgree === null) return unknown('its revisions are not known')
  if (!revisionsAgree) return not(`${updated} of ${counted({ count: desired, one: 'replica' })} updated`)
  return yes(`${ready} of ${counted({ count: desired, one: 'replica' })} updated and ready`)
}

function daemonSet({ desired, updated, available }: KubernetesWorkload): Said {
  if (updated < desired) return not(`${updated} of ${counted({ count: desired, one: 'pod' })} updated`)
  if (available < desired) return not(`${available} of ${counted({ count: desired, one: 'pod' })} available`)
  return yes(`${updated} of ${counted({ count: desired, one: 'pod' })} updated and available`)
}

const yes = (observed: string): Said => ({ observed, value: true })
const not = (observed: string): Said => ({ observed, value: false })
const unknown = (observed: string): Said => ({ observed, value: null })
