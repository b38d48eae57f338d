import { counted } from '#lib/shared/words.ts'
import type { KubernetesObservation, KubernetesPod } from './observations/kubernetes.ts'
import { readable, type Shown, type ShownBlock, type ShownFact, tlsText } from './shown-fact.ts'

export function ofKubernetes(seen: KubernetesObservation): Shown {
  const { address, target, tls, requests, exists, workload, capacity, endpoints, ingress, job } = seen
  const facts: ShownFact[] = [
    ...(address === null ? [] : [{ term: 'Cluster', text: address }]),
    ...(target === null
      ? []
      : [{ term: 'Looked at', text: `${target}${exists === false ? ', does not exist' : ''}` }]),
    ...(tls ? [{ term: 'TLS', text: tlsText(tls) }] : []),
    ...requests.map(({ path, status }) => ({ term: 'Request', text: `GET ${path}: ${status}` })),
    ...(workload ? workloadFacts(workload) : []),
    ...(capacity
      ? [
          {
            term: 'Capacity',
            text: `${counted({ count: capacity.nodes, one: 'node takes new pods', many: 'nodes take new pods' })}, ${counted({ count: capacity.pods, one: 'pod' })} on ${capacity.nodes === 1 ? 'it' : 'them'}`,
          },
          { term: 'CPU', text: amounts(capacity.cpu, 'cores') },
          { term: 'Memory', text: amounts(capacity.memory, 'bytes') },
        ]
      : []),
    ...endpoints.map(({ service, exists: is, ready, total }) => ({
      term: service,
      text: is ? `${ready} of ${counted({ count: total, one: 'endpoint' })} ready` : 'does not exist',
    })),
    ...(ingress
      ? [
          { term: 'Addresses', text: ingress.addresses.join(', ') || 'none' },
          { term: 'Hosts', text: ingress.hosts.join(', ') || 'any' },
        ]
      : []),
    ...(job
      ? [
          { term: 'Succeeded', text: String(job.succeeded) },
          { term: 'Failed', text: String(job.failed) },
          ...job.conditions.map(conditionFact),
        ]
      : []),
  ]
  return { facts, blocks: lists(seen) }
}

type Condition = { type: string; status: string; reason: string | null }

function conditionFact({ type, status, reason }: Condition): ShownFact {
  return { term: type, text: `${status}${reason ? ` (${reason})` : ''}` }
}

function workloadFacts(workload: NonNullable<KubernetesObservation['workload']>): ShownFact[] {
  const { generation, observedGeneration, desired, replicas, updated, ready, available } = workload
  return [
    { term: 'Generation', text: `${generation}, status of ${observedGeneration}` },
    {
      term: 'Replicas',
      text: `${desired} asked for, ${replicas} there, ${updated} updated, ${ready} ready, ${available} available`,
    },
    ...workload.conditions.map(conditionFact),
  ]
}

function amounts(of: { allocatable: string | null; requested: string | null }, unit: string): string {
  return `${of.requested ?? '?'} of ${of.allocatable ?? '?'} ${unit} requested`
}

function lists({ pods, nodes }: KubernetesObservation): ShownBlock[] {
  const podLines = pods?.kept.map(podLine) ?? []
  const nodeLines =
    nodes?.kept.map(({ name, ready, cordoned, pressures }) => {
      const pressed = pressures.filter(({ status }) => status !== 'False').map(({ type }) => type)
      return [`${name} ready: ${ready ?? 'not known'}`, ...(cordoned ? ['cordoned'] : []), ...pressed].join(
        ', ',
      )
    }) ?? []
  return [
    ...(podLines.length > 0
      ? [
          {
            summary: `Pods (${podLines.length} of ${pods?.total ?? 0})`,
            label: 'Pods',
            code: podLines.join('\n'),
          },
        ]
      : []),
    ...(nodeLines.length > 0
      ? [
          {
            summary: `Nodes (${nodeLines.length} of ${nodes?.total ?? 0})`,
            label: 'Nodes',
            code: nodeLines.join('\n'),
          },
        ]
      : []),
  ]
}

function podLine({ name, phase, ready, restarts, restartedAt, waiting, images }: KubernetesPod): string {
  const last = restartedAt === null ? '' : `, last ${readable(restartedAt)}`
  return [
    `${name} ${phase}, ${ready ? 'ready' : 'not ready'}, ${counted({ count: restarts ?? '?', one: 'restart' })}${last}`,
    ...(waiting ? [waiting] : []),
    ...images.map(({ image, digest }) => `${image}${digest === null ? '' : ` ${digest}`}`),
  ].join(', ')
}
