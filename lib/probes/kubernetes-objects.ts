import { z } from 'zod'
import type { KubernetesObservation, KubernetesWorkload } from './observations/kubernetes.ts'
import { withoutControls } from './redact.ts'

/**
 * The parts of the Kubernetes API's objects that are looked at (apps/v1, batch/v1, networking.k8s.io/v1, discovery.k8s.io/v1).
 * Counts that are zero are left out by the server, so a missing one is zero; a missing status is no answer.
 */
export const text = z.string().transform((said) => withoutControls(said.slice(0, 512)).toWellFormed())
const count = z.int().min(0).nullish()
export const conditionsSchema = z
  .array(z.object({ type: text, status: text, reason: text.nullish() }))
  .nullish()
  .transform((list) =>
    (list ?? []).map(({ type, status, reason }) => ({ type, status, reason: reason ?? null })),
  )
export const metadataSchema = z.object({
  name: text,
  uid: text.nullish(),
  generation: z.int().nullish(),
  labels: z.record(text, text).nullish(),
  annotations: z.record(text, text).nullish(),
  deletionTimestamp: text.nullish(),
  ownerReferences: z.array(z.object({ uid: text })).nullish(),
})
const selectorSchema = z.object({
  matchLabels: z.record(text, text).nullish(),
  matchExpressions: z
    .array(z.object({ key: text, operator: text, values: z.array(text).nullish() }))
    .nullish(),
})
export type LabelSelector = z.infer<typeof selectorSchema>

export const workloadObject = z.object({
  metadata: metadataSchema,
  spec: z.object({
    replicas: count,
    paused: z.boolean().nullish(),
    selector: selectorSchema,
    strategy: z.object({ type: text.nullish() }).nullish(),
    updateStrategy: z
      .object({ type: text.nullish(), rollingUpdate: z.object({ partition: count }).nullish() })
      .nullish(),
  }),
  status: z.object({
    observedGeneration: z.int().nullish(),
    replicas: count,
    updatedReplicas: count,
    readyReplicas: count,
    availableReplicas: count,
    currentRevision: text.nullish(),
    updateRevision: text.nullish(),
    desiredNumberScheduled: count,
    currentNumberScheduled: count,
    updatedNumberScheduled: count,
    numberReady: count,
    numberAvailable: count,
    conditions: conditionsSchema,
  }),
})
export type WorkloadObject = z.infer<typeof workloadObject>

export function workloadFacts(
  of: 'deployment' | 'statefulset' | 'daemonset',
  { metadata, spec, status }: WorkloadObject,
): KubernetesWorkload {
  const isDaemonSet = of === 'daemonset'
  return {
    generation: metadata.generation ?? 0,
    observedGeneration: status.observedGeneration ?? 0,
    paused: spec.paused === true,
    strategy: (of === 'deployment' ? spec.strategy?.type : spec.updateStrategy?.type) ?? null,
    partition: spec.updateStrategy?.rollingUpdate?.partition ?? 0,
    // One replica is what the API takes when none is written.
    desired: isDaemonSet ? (status.desiredNumberScheduled ?? 0) : (spec.replicas ?? 1),
    replicas: (isDaemonSet ? status.currentNumberScheduled : status.replicas) ?? 0,
    updated: (isDaemonSet ? status.updatedNumberScheduled : status.updatedReplicas) ?? 0,
    ready: (isDaemonSet ? status.numberReady : status.readyReplicas) ?? 0,
    available: (isDaemonSet ? status.numberAvailable : status.availableReplicas) ?? 0,
    revisionsAgree: of === 'statefulset' ? revisionsAgree(status) : null,
    conditions: status.conditions,
  }
}

function revisionsAgree({ currentRevision, updateRevision }: WorkloadObject['status']): boolean | null {
  if (!currentRevision || !updateRevision) return null
  return currentRevision === updateRevision
}

/** A selector as the query parameter `labelSelector` says it; null where there is none, which would mean everything. */
export function selectorText({ matchLabels, matchExpressions }: LabelSelector): string | null {
  const labels = Object.entries(matchLabels ?? {}).map(([key, value]) => `${key}=${value}`)
  const expressions = (matchExpressions ?? []).map(({ key, operator, values }) => {
    if (operator === 'Exists') return key
    if (operator === 'DoesNotExist') return `!${key}`
    return `${key} ${operator === 'In' ? 'in' : 'notin'} (${(values ?? []).join(',')})`
  })
  const parts = [...labels, ...expressions]
  return parts.length === 0 ? null : parts.join(',')
}

const REVISION = 'deployment.kubernetes.io/revision'
export const ownedObject = z.object({ metadata: metadataSchema })

/** The uid of the newest ReplicaSet of a Deployment: the one that carries its revision. */
export function newestReplicaSet(
  { metadata }: WorkloadObject,
  replicaSets: readonly z.infer<typeof ownedObject>[],
): string | null {
  const revision = metadata.annotations?.[REVISION]
  const found = replicaSets.find(
    ({ metadata: { annotations, ownerReferences } }) =>
      revision !== undefined &&
      annotations?.[REVISION] === revision &&
      ownerReferences?.some(({ uid }) => uid === metadata.uid),
  )
  return found?.metadata.uid ?? null
}

export const jobObject = z.object({
  spec: z.object({ suspend: z.boolean().nullish() }),
  status: z.object({ succeeded: count, failed: count, conditions: conditionsSchema }),
})

export function jobFacts({ spec, status }: z.infer<typeof jobObject>): KubernetesObservation['job'] {
  return {
    suspended: spec.suspend === true,
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    conditions: status.conditions,
  }
}

const backend = z.object({ service: z.object({ name: text }).nullish() }).nullish()
export const ingressObject = z.object({
  spec: z.object({
    defaultBackend: backend,
    rules: z
      .array(
        z.object({
          host: text.nullish(),
          http: z.object({ paths: z.array(z.object({ backend })) }).nullish(),
        }),
      )
      .nullish(),
  }),
  status: z
    .object({
      loadBalancer: z
        .object({ ingress: z.array(z.object({ ip: text.nullish(), hostname: text.nullish() })).nullish() })
        .nullish(),
    })
    .nullish(),
})

export function ingressFacts({
  spec,
  status,
}: z.infer<typeof ingressObject>): NonNullable<KubernetesObservation['ingress']> {
  const rules = spec.rules ?? []
  const backends = [
    spec.defaultBackend,
    ...rules.flatMap(({ http }) => (http?.paths ?? []).map((path) => path.backend)),
  ]
  const services = backends.flatMap((one) => (one?.service ? [one.service.name] : []))
  return {
    hosts: rules.flatMap(({ host }) => (host ? [host] : [])),
    addresses: (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip || hostname || []),
    services: [...new Set(services)],
  }
}

const endpoint = z.object({
  conditions: z.object({ ready: z.boolean().nullish(), terminating: z.boolean().nullish() }).nullish(),
  targetRef: z.object({ uid: text.nullish() }).nullish(),
})
export const sliceObject = z.object({ endpoints: z.array(endpoint).nullish() })

/**
 * Ready endpoints of all slices; one that does not say counts as ready (discovery.k8s.io/v1, EndpointConditions). One that ends is
 * none any more, and one pod is one endpoint, though a slice for each family of addresses names it.
 */
export function endpointCounts(slices: readonly z.infer<typeof sliceObject>[]): {
  ready: number
  total: number
} {
  const pods = new Map<unknown, boolean>()
  for (const one of slices.flatMap(({ endpoints }) => endpoints ?? [])) {
    if (one.conditions?.terminating === true) continue
    const key = one.targetRef?.uid ?? one
    pods.set(key, one.conditions?.ready !== false && pods.get(key) !== false)
  }
  return { ready: [...pods.values()].filter(Boolean).length, total: pods.size }
}
