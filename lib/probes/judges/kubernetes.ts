import { counted } from '#lib/shared/words.ts'
import { canonicalDecimal, shareOfAmounts, subtractDecimals } from '../decimals.ts'
import {
  expectsOnlyTime,
  type Found,
  implied,
  type JudgedCondition,
  judgeCheck,
  type ProbeJudge,
  totalTime,
} from '../judged.ts'
import type { KubernetesCheck, KubernetesProbe } from '../kinds/kubernetes.ts'
import { countFound, everyNode, everyPod, pressure, readyNode, type Seen } from '../kubernetes-each.ts'
import { rolledOut } from '../kubernetes-rollout.ts'
import type { KubernetesNode, KubernetesObservation, KubernetesPod } from '../observations/kubernetes.ts'
import { inUnit } from '../quantities.ts'

/** The API only tells of the cluster: its refusal or silence says nothing about what runs there. */
export const kubernetesJudge: ProbeJudge<KubernetesProbe, KubernetesObservation> = {
  asksTarget: false,
  conditions(config, observation) {
    const seen = { config, observation }
    const judged = config.conditions.map((check) => judgeOne(check, seen))
    if (observation.exists !== false)
      return expectsOnlyTime(config.conditions) ? [wellIn(seen), ...judged] : judged
    const observed = `${observation.target ?? config.subject.of} does not exist`
    return [implied({ text: 'exists', observed, wanted: 'that it exists', value: false }), ...judged]
  },
}

/** How soon the API answers says nothing of what it tells of: that this is well goes without saying. */
function wellIn(seen: Seen): JudgedCondition {
  const { of } = seen.config.subject
  const on = of === 'ingress' ? 'backends' : of === 'job' ? 'completed' : 'ready'
  return { ...judgeOne({ level: 'expect', on }, seen), text: `${on} (implied)` }
}

function judgeOne(check: KubernetesCheck, seen: Seen): JudgedCondition {
  const { observation, config } = seen
  const { of } = config.subject
  switch (check.on) {
    case 'image':
    case 'restarts':
    case 'since-restart':
    case 'not-waiting':
      return everyPod(check, seen)
    case 'ready':
      if (of === 'pods') return everyPod(check, seen)
      if (of === 'nodes') return everyNode(check, observation, readyNode)
      break
    case 'no-pressure':
      return everyNode(check, observation, pressure)
    case 'schedulable':
      return everyNode(check, observation, ({ cordoned }) => ({
        observed: cordoned ? 'cordoned' : 'takes new pods',
        value: !cordoned,
      }))
  }
  return judgeCheck(check, foundOf(check, seen))
}

function foundOf(check: KubernetesCheck, { config, observation }: Seen): Found {
  const { workload, capacity, ingress, job, phases } = observation
  switch (check.on) {
    case 'time':
      return totalTime(phases)
    case 'rolled-out':
      return workload === null ? nothing : rollout(config, workload)
    case 'replicas':
      return workload === null
        ? nothing
        : countFound(workload.desired, `${counted({ count: workload.desired, one: 'replica' })} asked for`)
    case 'ready':
      return readiness({ config, observation })
    case 'ready-count':
      return readyCount({ config, observation })
    case 'cpu-free':
    case 'memory-free':
    case 'cpu-requested':
    case 'memory-requested':
      return capacity === null || capacity.nodes === 0
        ? { observed: 'no node takes new pods', quantity: null }
        : spare(check.on, capacity)
    case 'address':
      return ingress === null
        ? nothing
        : { observed: ingress.addresses.join(', ') || 'no address', value: ingress.addresses.length > 0 }
    case 'host':
      return ingress === null ? nothing : hostRule(check.text, { ingress, observation })
    case 'backends':
      return ingress === null ? nothing : backends(observation)
    case 'completed':
      return job === null ? nothing : completion(job)
    default:
      return nothing
  }
}

const nothing: Found = { observed: 'not seen', value: null }

function rollout(config: KubernetesProbe, workload: NonNullable<KubernetesObservation['workload']>): Found {
  const { of } = config.subject
  const zeroDeclared = config.conditions.some(
    (check) =>
      check.on === 'replicas' && check.level === 'expect' && check.op === '==' && check.value === '0',
  )
  if (of !== 'deployment' && of !== 'statefulset' && of !== 'daemonset') return nothing
  return rolledOut(of, { workload, zeroDeclared })
}

function readiness({ config, observation: { workload, endpoints } }: Seen): Found {
  if (config.subject.of === 'service') {
    const [one] = endpoints
    if (one === undefined) return nothing
    return {
      observed: `${one.ready} of ${counted({ count: one.total, one: 'endpoint' })} ready`,
      // As of pods and nodes: all of them. A service without any serves nobody.
      value: one.total > 0 && one.ready >= one.total,
    }
  }
  if (workload === null) return nothing
  const { ready, desired } = workload
  if (desired === 0) return { observed: '0 replicas are asked for', value: null }
  return { observed: `${ready} of ${desired} ready`, value: ready >= desired }
}

function readyCount({ config, observation: { workload, pods, nodes, endpoints } }: Seen): Found {
  const { of } = config.subject
  if (of === 'service')
    return endpoints[0] === undefined
      ? nothing
      : countFound(endpoints[0].ready, counted({ count: endpoints[0].ready, one: 'ready endpoint' }))
  if (workload !== null) return countFound(workload.ready, `${workload.ready} of ${workload.desired} ready`)
  if (of !== 'pods' && of !== 'nodes') return nothing
  const [list, one] = of === 'pods' ? [pods, 'pod'] : [nodes, 'node']
  if (list === null || list.total === 0) return { observed: `no ${of}`, quantity: null }
  const all = counted({ count: list.total, one })
  if (list.total > list.kept.length) return { observed: `${all}, too many to count`, quantity: null }
  const isReady = ({ ready }: KubernetesPod | KubernetesNode) => ready === true || ready === 'True'
  const ready = list.kept.filter(isReady).length
  return countFound(ready, `${ready} of ${all} ready`)
}

function spare(
  on: 'cpu-free' | 'memory-free' | 'cpu-requested' | 'memory-requested',
  { nodes, cpu, memory }: NonNullable<KubernetesObservation['capacity']>,
): Found {
  const isCpu = on.startsWith('cpu')
  const seen = isCpu ? cpu : memory
  const allocatable = canonicalDecimal(seen.allocatable ?? '')
  const requested = canonicalDecimal(seen.requested ?? '')
  if (allocatable === null || requested === null)
    return { observed: `${isCpu ? 'cpu' : 'memory'} of a node or pod cannot be read`, quantity: null }
  const amount = (value: string) =>
    isCpu ? counted({ count: value, one: 'core' }) : inUnit({ value, unit: 'B' }, 'GiB')
  const of = `${amount(allocatable)} on ${counted({ count: nodes, one: 'node' })}`
  if (on.endsWith('requested')) {
    const value = shareOfAmounts({ part: requested, whole: allocatable })
    if (value === null) return { observed: `share of ${of} not known`, quantity: null }
    const quantity = { value, unit: 'ratio' } as const
    return { observed: `${inUnit(quantity, '%')} of ${of} requested`, quantity }
  }
  const value = subtractDecimals(allocatable, requested)
  return { observed: `${amount(value)} of ${of} free`, quantity: { value, unit: isCpu ? null : 'B' } }
}

function hostRule(
  written: string,
  {
    ingress,
    observation,
  }: { ingress: NonNullable<KubernetesObservation['ingress']>; observation: KubernetesObservation },
): Found {
  const host = observation.wanted.find((one) => one.written === written)?.text
  if (host === undefined) return nothing
  const found = ingress.hosts.includes(host)
  return {
    observed: found ? `a rule for ${host}` : `rules for ${ingress.hosts.join(', ') || 'no host'}`,
    value: found,
  }
}

function backends({ endpoints, ingress }: KubernetesObservation): Found {
  const seen = endpoints.map(({ service, exists, ready }) => ({ service, exists, ready }))
  const bad = seen.find(({ ready }) => ready === 0)
  if (bad !== undefined)
    return {
      observed: bad.exists ? `${bad.service} has no ready endpoint` : `${bad.service} does not exist`,
      value: false,
    }
  const whole = seen.length > 0 && seen.length === ingress?.services.length
  return {
    observed: seen.map(({ service, ready }) => `${service}: ${ready} ready`).join(', ') || 'no backend',
    value: whole ? true : null,
  }
}

function completion({
  suspended,
  conditions,
  succeeded,
  failed,
}: NonNullable<KubernetesObservation['job']>): Found {
  const is = (type: string) => conditions.find((one) => one.type === type && one.status === 'True')
  const failure = is('Failed')
  if (failure !== undefined)
    return { observed: `failed: ${failure.reason ?? 'no reason given'}`, value: false }
  if (is('Complete') !== undefined) return { observed: `complete, ${succeeded} succeeded`, value: true }
  if (suspended) return { observed: 'suspended', value: null }
  return { observed: `not complete yet, ${succeeded} succeeded, ${failed} failed`, value: false }
}
