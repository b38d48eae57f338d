import { z } from 'zod'
import { addDecimals, compareDecimals } from './decimals.ts'
import { conditionsSchema, metadataSchema, text } from './kubernetes-objects.ts'
import { kubernetesQuantity } from './kubernetes-quantity.ts'
import type { KubernetesNode, KubernetesObservation, KubernetesPod } from './observations/kubernetes.ts'

const resources = z.record(text, z.union([text, z.number()])).nullish()
const containerSchema = z.object({
  name: text,
  image: text.nullish(),
  restartPolicy: text.nullish(),
  resources: z.object({ requests: resources }).nullish(),
})
const statusSchema = z.object({
  name: text,
  imageID: text.nullish(),
  restartCount: z.int().min(0),
  state: z.object({ waiting: z.object({ reason: text.nullish() }).nullish() }).nullish(),
  lastState: z.object({ terminated: z.object({ finishedAt: text.nullish() }).nullish() }).nullish(),
})

export const podObject = z.object({
  metadata: metadataSchema,
  spec: z.object({
    nodeName: text.nullish(),
    containers: z.array(containerSchema),
    initContainers: z.array(containerSchema).nullish(),
    overhead: resources,
    resources: z.object({ requests: resources }).nullish(),
  }),
  status: z.object({
    phase: text.nullish(),
    conditions: conditionsSchema,
    containerStatuses: z.array(statusSchema).nullish(),
    initContainerStatuses: z.array(statusSchema).nullish(),
  }),
})
export type PodObject = z.infer<typeof podObject>

/** Pods that are on their way out, or done, are nobody's concern. */
export function isLiving({ metadata, status }: PodObject): boolean {
  return !metadata.deletionTimestamp && status.phase !== 'Succeeded'
}

export function podFacts({ metadata, spec, status }: PodObject): KubernetesPod {
  const containers = status.containerStatuses ?? []
  const all = [...containers, ...(status.initContainerStatuses ?? [])]
  const known = containers.length > 0
  const counts = all.map(({ restartCount }) => restartCount)
  const ends = all.flatMap(({ restartCount, lastState }) =>
    restartCount === 0 ? [] : [lastState?.terminated?.finishedAt ?? null],
  )
  const waits = all.flatMap(({ state }) => (state?.waiting ? [state.waiting.reason || 'waiting'] : []))
  const unscheduled = status.conditions.find(
    ({ type, status: is }) => type === 'PodScheduled' && is === 'False',
  )
  return {
    name: metadata.name,
    phase: status.phase ?? 'Unknown',
    ready: status.conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
    restarts: known ? Math.max(...counts) : null,
    restartedAt: ends.includes(null)
      ? null
      : (ends
          .filter((end) => end !== null)
          .sort()
          .at(-1) ?? null),
    waiting: unscheduled ? (unscheduled.reason ?? 'not scheduled') : known ? (waits[0] ?? '') : null,
    images: spec.containers.map(({ name, image }) => ({
      image: image ?? '',
      digest: digestOf(image ?? '') ?? digestOf(containers.find((one) => one.name === name)?.imageID ?? ''),
    })),
  }
}

/** Only what stands behind an @ is the digest that a registry knows; a bare one may be that of the configuration. */
function digestOf(reference: string): string | null {
  return /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1] ?? null
}

export const nodeObject = z.object({
  metadata: metadataSchema,
  spec: z.object({ unschedulable: z.boolean().nullish() }),
  status: z.object({ allocatable: resources, conditions: conditionsSchema }),
})
export type NodeObject = z.infer<typeof nodeObject>

export function nodeFacts({ metadata, spec, status }: NodeObject): KubernetesNode {
  return {
    name: metadata.name,
    ready: status.conditions.find(({ type }) => type === 'Ready')?.status ?? null,
    pressures: status.conditions.filter(({ type }) => /Pressure$|^NetworkUnavailable$/.test(type)),
    cordoned: spec.unschedulable === true,
  }
}

/** What nodes that take new pods have, and what the pods on them have asked for, whether they use it or not. */
export function capacityOf(
  nodes: readonly NodeObject[],
  pods: readonly PodObject[],
): NonNullable<KubernetesObservation['capacity']> {
  const open = nodes.filter((node) => {
    const { ready, cordoned } = nodeFacts(node)
    return ready === 'True' && !cordoned
  })
  const names = new Set(open.map(({ metadata }) => metadata.name))
  const placed = pods.filter(({ spec, status }) => {
    const isOver = status.phase === 'Succeeded' || status.phase === 'Failed'
    return !isOver && names.has(spec.nodeName ?? '')
  })
  const of = (resource: string) => ({
    allocatable: sum(open.map(({ status }) => wanted(status.allocatable, resource, null))),
    requested: sum(placed.map((pod) => podRequest(pod, resource))),
  })
  return { nodes: open.length, pods: placed.length, cpu: of('cpu'), memory: of('memory') }
}

type Requests = z.infer<typeof resources>

function wanted(requests: Requests, resource: string, absent: '0' | null): string | null {
  const written = requests?.[resource]
  return written === undefined ? absent : kubernetesQuantity(String(written))
}

/**
 * What a pod keeps of a resource (scheduler, "effective request"): its containers and sidecars together or its hungriest init
 * container with the sidecars started before it, whichever is more, and its overhead. A request for the whole pod stands for the sum.
 */
function podRequest({ spec }: PodObject, resource: string): string | null {
  const request = ({ resources: of }: z.infer<typeof containerSchema>) => wanted(of?.requests, resource, '0')
  let sidecars: string | null = '0'
  let peak: string | null = '0'
  for (const init of spec.initContainers ?? []) {
    const together = sum([sidecars, request(init)])
    if (init.restartPolicy === 'Always') sidecars = together
    peak = larger(peak, together)
  }
  const running = sum([sidecars, ...spec.containers.map(request)])
  const whole = wanted(spec.resources?.requests, resource, null)
  const isDeclared = spec.resources?.requests?.[resource] !== undefined
  return sum([isDeclared ? whole : larger(peak, running), wanted(spec.overhead, resource, '0')])
}

function larger(left: string | null, right: string | null): string | null {
  if (left === null || right === null) return null
  return compareDecimals(left, right) >= 0 ? left : right
}

/** Null when a part is not known: a sum without it would be too small. */
function sum(parts: readonly (string | null)[]): string | null {
  return parts.reduce<string | null>(
    (total, part) => (total === null || part === null ? null : addDecimals(total, part)),
    '0',
  )
}
