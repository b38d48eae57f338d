import { z } from 'zod'
import { askedSchema, baseObservation, tlsFactsSchema } from './base.ts'

/** How many pods, nodes or backends are kept; the totals say how many there were. */
export const OBJECTS_KEPT = 200

const conditionSchema = z.strictObject({
  type: z.string(),
  status: z.string(),
  reason: z.string().nullable(),
})
const workloadSchema = z.strictObject({
  /** Of the object's specification, and the one that its status is about. */
  generation: z.int(),
  observedGeneration: z.int(),
  paused: z.boolean(),
  strategy: z.string().nullable(),
  partition: z.int(),
  desired: z.int(),
  replicas: z.int(),
  updated: z.int(),
  ready: z.int(),
  available: z.int(),
  /** Of a StatefulSet: are the current and the newest revision the same? */
  revisionsAgree: z.boolean().nullable(),
  conditions: z.array(conditionSchema),
})
export type KubernetesWorkload = z.infer<typeof workloadSchema>

const podSchema = z.strictObject({
  name: z.string(),
  phase: z.string(),
  ready: z.boolean(),
  /** Of the container that restarted most; null while the kubelet has not said. */
  restarts: z.int().nullable(),
  /** When a container last ended before it was started again, ISO 8601. */
  restartedAt: z.string().nullable(),
  /** Why a container waits; empty when none does; null when it is not known. */
  waiting: z.string().nullable(),
  images: z.array(z.strictObject({ image: z.string(), digest: z.string().nullable() })),
})
export type KubernetesPod = z.infer<typeof podSchema>

const nodeSchema = z.strictObject({
  name: z.string(),
  ready: z.string().nullable(),
  pressures: z.array(conditionSchema),
  cordoned: z.boolean(),
})
export type KubernetesNode = z.infer<typeof nodeSchema>

/** Cores and bytes as decimal texts; null when a quantity could not be read. */
const resourceSchema = z.strictObject({
  allocatable: z.string().nullable(),
  requested: z.string().nullable(),
})
const endpointsSchema = z.strictObject({
  service: z.string(),
  exists: z.boolean(),
  ready: z.int(),
  total: z.int(),
})
export type KubernetesEndpoints = z.infer<typeof endpointsSchema>

export const kubernetesObservationSchema = z.strictObject({
  ...baseObservation,
  kind: z.literal('kubernetes'),
  /** Absent in older observations, and where nothing was asked. */
  asked: askedSchema.optional(),
  /** Where the API was asked, without credentials. */
  address: z.string().nullable(),
  tls: tlsFactsSchema.nullable(),
  /** What was looked at, with variables filled in. */
  target: z.string().nullable(),
  requests: z.array(z.strictObject({ path: z.string(), status: z.int() })),
  /** Does the object exist? Null until the API said so. */
  exists: z.boolean().nullable(),
  workload: workloadSchema.nullable(),
  pods: z.strictObject({ total: z.int(), kept: z.array(podSchema).max(OBJECTS_KEPT) }).nullable(),
  nodes: z.strictObject({ total: z.int(), kept: z.array(nodeSchema).max(OBJECTS_KEPT) }).nullable(),
  capacity: z
    .strictObject({ nodes: z.int(), pods: z.int(), cpu: resourceSchema, memory: resourceSchema })
    .nullable(),
  endpoints: z.array(endpointsSchema),
  ingress: z
    .strictObject({
      hosts: z.array(z.string()),
      addresses: z.array(z.string()),
      services: z.array(z.string()),
    })
    .nullable(),
  job: z
    .strictObject({
      suspended: z.boolean(),
      succeeded: z.int(),
      failed: z.int(),
      conditions: z.array(conditionSchema),
    })
    .nullable(),
  /** The texts that images are compared with, as written and with variables filled in. */
  wanted: z.array(z.strictObject({ written: z.string(), text: z.string() })),
})
export type KubernetesObservation = z.infer<typeof kubernetesObservationSchema>
