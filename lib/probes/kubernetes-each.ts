import { counted } from '#lib/shared/words.ts'
import { type Found, type JudgedCondition, judgeCheck } from './judged.ts'
import type { KubernetesCheck, KubernetesProbe } from './kinds/kubernetes.ts'
import { all as allOf } from './kleene.ts'
import { imageMatches } from './kubernetes-image.ts'
import type { KubernetesNode, KubernetesObservation, KubernetesPod } from './observations/kubernetes.ts'
import { inUnit } from './quantities.ts'

export type Seen = { config: KubernetesProbe; observation: KubernetesObservation }

export function countFound(count: number, observed: string): Found {
  return { observed, quantity: { value: String(count), unit: null } }
}

/** Of pods and nodes each one must hold; none at all, or more than were kept, is no answer. */
function every<T extends { name: string }>(
  check: KubernetesCheck,
  {
    what,
    list,
    foundIn,
  }: { what: string; list: { total: number; kept: T[] } | null; foundIn: (one: T) => Found },
): JudgedCondition {
  const [first] = list?.kept ?? []
  if (list === null || first === undefined) return judgeCheck(check, { observed: `no ${what}s`, value: null })
  const all = counted({ count: list.total, one: what })
  const each = list.kept.map((one) => ({ name: one.name, judged: judgeCheck(check, foundIn(one)) }))
  const beyond = list.total > list.kept.length ? (['unknown'] as const) : []
  const result = allOf([...each.map(({ judged }) => judged.result), ...beyond])
  const worst = each.find(({ judged }) => judged.result === result)
  if (worst === undefined || result === 'true')
    return {
      ...judgeCheck(check, foundIn(first)),
      observed: `${all}, such as ${first.name}: ${foundIn(first).observed}`,
      result,
    }
  return {
    ...worst.judged,
    observed: `${worst.name}: ${worst.judged.observed} (of ${all})`,
    result,
  }
}

export function everyPod(check: KubernetesCheck, { observation, config }: Seen): JudgedCondition {
  const { pods, workload, wanted, at } = observation
  const foundIn = (pod: KubernetesPod): Found => {
    if (check.on === 'ready')
      return { observed: pod.ready ? 'ready' : `not ready (${pod.phase})`, value: pod.ready }
    if (check.on === 'not-waiting')
      return pod.waiting === null
        ? { observed: `nothing known (${pod.phase})`, value: null }
        : { observed: pod.waiting === '' ? 'not waiting' : pod.waiting, value: pod.waiting === '' }
    if (check.on === 'restarts')
      return pod.restarts === null
        ? { observed: 'restarts not known', quantity: null }
        : countFound(pod.restarts, counted({ count: pod.restarts, one: 'restart' }))
    if (check.on === 'since-restart') return sinceRestart(pod, at)
    const asked = wanted.find(({ written }) => check.on === 'image' && written === check.text)?.text
    return imageMatches(asked ?? null, pod)
  }
  const judged = every(check, { what: 'pod', list: pods, foundIn })
  const isShort = workload !== null && pods !== null && pods.total < workload.desired
  // What was not started cannot run what was asked for; the others already tell when it is wrong.
  if (!isShort || judged.result !== 'true' || config.subject.of === 'pods') return judged
  return {
    ...judged,
    observed: `${pods.total} of ${counted({ count: workload.desired, one: 'pod' })} of the newest revision`,
    result: 'unknown',
  }
}

/** Longer than any threshold can be written. */
const FOR_EVER = `1${'0'.repeat(38)}`

function sinceRestart({ restarts, restartedAt }: KubernetesPod, at: string): Found {
  if (restarts === 0) return { observed: 'never restarted', quantity: { value: FOR_EVER, unit: 'ms' } }
  const ms = restarts === null || restartedAt === null ? Number.NaN : Date.parse(at) - Date.parse(restartedAt)
  if (!Number.isSafeInteger(ms)) return { observed: 'its last restart is not known', quantity: null }
  const quantity = { value: String(ms), unit: 'ms' } as const
  return { observed: `restarted ${inUnit(quantity, 'm')} before`, quantity }
}

export function everyNode(
  check: KubernetesCheck,
  { nodes }: KubernetesObservation,
  foundIn: (node: KubernetesNode) => Found,
): JudgedCondition {
  return every(check, { what: 'node', list: nodes, foundIn })
}

export function readyNode({ ready }: KubernetesNode): Found {
  if (ready === null) return { observed: 'readiness not known', value: null }
  // Unknown is what the control plane writes when a node has stopped to report.
  return { observed: ready === 'True' ? 'ready' : `ready: ${ready}`, value: ready === 'True' }
}

export function pressure({ pressures }: KubernetesNode): Found {
  if (pressures.length === 0) return { observed: 'conditions not known', value: null }
  const bad = pressures.find(({ status }) => status === 'True')
  if (bad !== undefined) return { observed: bad.type, value: false }
  const unclear = pressures.find(({ status }) => status !== 'False')
  if (unclear !== undefined) return { observed: `${unclear.type}: ${unclear.status}`, value: null }
  return { observed: 'no pressure', value: true }
}
