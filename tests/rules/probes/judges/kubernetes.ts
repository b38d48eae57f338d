import type { JudgeCases, JudgeRow } from './case.ts'

const pod = (more: object = {}) => ({
  ...{ name: 'web-1', phase: 'Running', ready: true, restarts: 2, restartedAt: '2026-02-03T03:05:06.000Z' },
  ...{ waiting: '', images: [{ image: 'r.example/web:1.4.2', digest: null }] },
  ...more,
})
const node = (more: object = {}) => ({
  ...{ name: 'n-1', ready: 'True', cordoned: false },
  pressures: [{ type: 'MemoryPressure', status: 'False', reason: null }],
  ...more,
})
const pods = (...kept: object[]) => ({ pods: { total: kept.length, kept } })
const nodes = (...kept: object[]) => ({ nodes: { total: kept.length, kept } })
const available = (status: string, reason: string | null = null) => ({ type: 'Available', status, reason })
const job = (more: object) => ({
  job: { suspended: false, succeeded: 1, failed: 0, conditions: [], ...more },
})
const endpoints = (...list: [service: string, ready: number][]) => ({
  endpoints: list.map(([service, ready]) => ({
    service,
    exists: ready >= 0,
    ready: Math.max(0, ready),
    total: 2,
  })),
})
const unset = { workload: null, capacity: null, ingress: null, pods: null, nodes: null }

const DIGEST = `sha256:${'0123456789ab'.repeat(5)}0123`
const OTHER = `sha256:${'f'.repeat(64)}`
const running = (image: string, digest: string | null = null) => ({ image, digest })
/** One pod with these images, of which one should run `asked`. */
function images(result: string, asked: string, run: ReturnType<typeof running>[]): JudgeRow[] {
  const shown = ({ image, digest }: ReturnType<typeof running>) =>
    digest === null || image.includes('@') ? image : `${image} (${digest.slice(0, 19)}…)`
  const observed = run.map(shown).join(', ') || 'no container'
  const said = result === 'true' ? `1 pod, such as web-1: ${observed}` : `web-1: ${observed} (of 1 pod)`
  return [
    [
      `pods a expect image "${asked}"`,
      { ...pods(pod({ images: run })), wanted: [{ written: asked, text: asked }] },
      `${result}: ${said} (image ${/[@:]/.test(asked) ? `"${asked}"` : asked})`,
    ],
  ]
}

export const kubernetesCases: JudgeCases = {
  head: 'kubernetes https://k.example',
  refused: 'error',
  seen: {
    ...{ address: 'https://k.example', tls: null, target: 'deployment a/web', requests: [], exists: true },
    workload: {
      ...{ generation: 3, observedGeneration: 3, paused: false, strategy: null, partition: 0 },
      ...{ desired: 2, replicas: 2, updated: 2, ready: 2, available: 2, revisionsAgree: true },
      conditions: [available('True')],
    },
    ...pods(pod(), pod({ name: 'web-2' })),
    ...nodes(node(), node({ name: 'n-2' })),
    capacity: {
      ...{ nodes: 2, pods: 2, cpu: { allocatable: '4', requested: '1' } },
      memory: { allocatable: '8589934592', requested: '4294967296' },
    },
    ...endpoints(['web', 2]),
    ingress: { hosts: ['a.example'], addresses: ['192.0.2.1'], services: ['web'] },
    job: null,
    wanted: [
      { written: '1.4.2', text: '1.4.2' },
      { written: 'a.example', text: 'a.example' },
    ],
  },
  rows: [
    // How soon the API answers proves nothing of what it tells of.
    ['deployment a/web expect time < 1s', {}, 'true: 2 of 2 ready (ready)', 'true: 12.5 ms (< 1s)'],
    [
      'deployment a/web expect time < 1s, warn replicas == 2',
      { workload: { ready: 1 } },
      'false: 1 of 2 ready (ready)',
      'true: 12.5 ms (< 1s)',
      'warn true: 2 replicas asked for (2)',
    ],
    [
      'deployment a/web expect time < 1s, replicas == 2',
      { workload: { ready: 1 } },
      'true: 12.5 ms (< 1s)',
      'true: 2 replicas asked for (2)',
    ],
    ['pods a expect time < 1s', pods(), 'unknown: no pods (ready)', 'true: 12.5 ms (< 1s)'],
    [
      'nodes expect time < 1s',
      nodes(node({ ready: 'False' })),
      'false: n-1: ready: False (of 1 node) (ready)',
      'true: 12.5 ms (< 1s)',
    ],
    [
      'service a/web expect time < 1s',
      endpoints(['web', 1]),
      'false: 1 of 2 endpoints ready (ready)',
      'true: 12.5 ms (< 1s)',
    ],
    [
      'ingress a/web expect time < 1s',
      endpoints(['web', 0]),
      'false: web has no ready endpoint (backends)',
      'true: 12.5 ms (< 1s)',
    ],
    [
      'job a/web expect time < 1s',
      job({}),
      'false: not complete yet, 1 succeeded, 0 failed (completed)',
      'true: 12.5 ms (< 1s)',
    ],
    ['deployment a/web expect ready-count >= 0', { workload: null }, 'unknown: not seen (≥ 0)'],
    [
      'nodes expect ready-count == 2, ready-count == 1',
      { workload: null, pods: null },
      'true: 2 of 2 nodes ready (2)',
      'false: 2 of 2 nodes ready (1)',
    ],
    ['deployment a/web expect rolled-out', {}, 'true: 2 of 2 replicas updated and available (rolled-out)'],
    [
      'deployment a/web expect rolled-out',
      { exists: false, workload: null },
      'false: deployment a/web does not exist (that it exists)',
      'unknown: not seen (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { exists: false, workload: null, target: null },
      'false: deployment does not exist (that it exists)',
      'unknown: not seen (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { exists: null, workload: null },
      'unknown: not seen (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { observedGeneration: 2 } },
      'unknown: the status is of generation 2, 3 is asked for (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { generation: 0, observedGeneration: 0 } },
      'unknown: the status is of generation 0, 0 is asked for (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { observedGeneration: 4 } },
      'true: 2 of 2 replicas updated and available (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { paused: true } },
      'unknown: the rollout is paused (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { strategy: 'OnDelete' } },
      'true: 2 of 2 replicas updated and available (rolled-out)',
    ],
    [
      'statefulset a/db expect rolled-out',
      { workload: { strategy: 'OnDelete' } },
      'unknown: its pods are replaced by hand (OnDelete), so there is no rollout (rolled-out)',
    ],
    [
      'daemonset a/log expect rolled-out',
      { workload: { strategy: 'OnDelete' } },
      'unknown: its pods are replaced by hand (OnDelete), so there is no rollout (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { desired: 0 } },
      'unknown: 0 replicas are asked for (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out, replicas == 0',
      { workload: { desired: 0, replicas: 0, updated: 0, ready: 0, available: 0 } },
      'true: 0 of 0 replicas updated and available (rolled-out)',
      'true: 0 replicas asked for (0)',
    ],
    [
      'deployment a/web expect rolled-out, replicas >= 0',
      { workload: { desired: 0 } },
      'unknown: 0 replicas are asked for (rolled-out)',
      'true: 0 replicas asked for (≥ 0)',
    ],
    [
      'deployment a/web expect rolled-out, replicas == 1',
      { workload: { desired: 0 } },
      'unknown: 0 replicas are asked for (rolled-out)',
      'false: 0 replicas asked for (1)',
    ],
    [
      'deployment a/web expect rolled-out, warn replicas == 0',
      { workload: { desired: 0 } },
      'unknown: 0 replicas are asked for (rolled-out)',
      'warn true: 0 replicas asked for (0)',
    ],
    [
      'deployment a/web expect rolled-out',
      {
        workload: {
          conditions: [
            { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' },
            available('True'),
          ],
        },
      },
      'false: it exceeded its progress deadline (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      {
        workload: { conditions: [{ type: 'Progressing', status: 'True', reason: null }, available('True')] },
      },
      'true: 2 of 2 replicas updated and available (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { updated: 1 } },
      'false: 1 of 2 replicas updated (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { updated: 3, replicas: 3, available: 3 } },
      'true: 3 of 2 replicas updated and available (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { replicas: 3 } },
      'false: 1 old replica left (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { replicas: 1 } },
      'true: 2 of 2 replicas updated and available (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { available: 1 } },
      'false: 1 of 2 updated replicas available (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { available: 3 } },
      'true: 2 of 2 replicas updated and available (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { conditions: [] } },
      'unknown: it does not say whether it is available (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { conditions: [available('False', 'MinimumReplicasUnavailable')] } },
      'false: not available: MinimumReplicasUnavailable (rolled-out)',
    ],
    [
      'deployment a/web expect rolled-out',
      { workload: { conditions: [available('Unknown')] } },
      'false: not available: no reason given (rolled-out)',
    ],
    ['statefulset a/db expect rolled-out', {}, 'true: 2 of 2 replicas updated and ready (rolled-out)'],
    [
      'statefulset a/db expect rolled-out',
      { workload: { ready: 1 } },
      'false: 1 of 2 replicas ready (rolled-out)',
    ],
    [
      'statefulset a/db expect rolled-out',
      { workload: { ready: 3 } },
      'true: 3 of 2 replicas updated and ready (rolled-out)',
    ],
    [
      'statefulset a/db expect rolled-out',
      { workload: { revisionsAgree: null } },
      'unknown: its revisions are not known (rolled-out)',
    ],
    [
      'statefulset a/db expect rolled-out',
      { workload: { revisionsAgree: false, updated: 1 } },
      'false: 1 of 2 replicas updated (rolled-out)',
    ],
    [
      'statefulset a/db expect rolled-out',
      { workload: { partition: 1, updated: 1, revisionsAgree: false } },
      'true: 1 of 1 replica of the partition updated (rolled-out)',
    ],
    [
      'statefulset a/db expect rolled-out',
      { workload: { partition: 1, updated: 0, revisionsAgree: false } },
      'false: 0 of 1 replica of the partition updated (rolled-out)',
    ],
    [
      'statefulset a/db expect rolled-out',
      { workload: { partition: 5, updated: 0, revisionsAgree: false } },
      'unknown: a partition of 5 leaves no replica to update (rolled-out)',
    ],
    ['daemonset a/log expect rolled-out', {}, 'true: 2 of 2 pods updated and available (rolled-out)'],
    [
      'daemonset a/log expect rolled-out',
      { workload: { updated: 1 } },
      'false: 1 of 2 pods updated (rolled-out)',
    ],
    [
      'daemonset a/log expect rolled-out',
      { workload: { updated: 3, available: 3 } },
      'true: 3 of 2 pods updated and available (rolled-out)',
    ],
    [
      'daemonset a/log expect rolled-out',
      { workload: { available: 1 } },
      'false: 1 of 2 pods available (rolled-out)',
    ],
    [
      'deployment a/web expect replicas == 2, ready, ready-count >= 2, time < 12.6ms',
      {},
      'true: 2 replicas asked for (2)',
      'true: 2 of 2 ready (ready)',
      'true: 2 of 2 ready (≥ 2)',
      'true: 12.5 ms (< 12.6ms)',
    ],
    [
      'deployment a/web expect replicas > 2, ready, ready-count > 2',
      { workload: { ready: 1 } },
      'false: 2 replicas asked for (> 2)',
      'false: 1 of 2 ready (ready)',
      'false: 1 of 2 ready (> 2)',
    ],
    ['deployment a/web expect ready', { workload: { ready: 3 } }, 'true: 3 of 2 ready (ready)'],
    [
      'deployment a/web expect ready, ready-count == 0',
      { workload: { desired: 0, ready: 0 } },
      'unknown: 0 replicas are asked for (ready)',
      'true: 0 of 0 ready (0)',
    ],
    [
      'deployment a/web expect replicas >= 0, ready, ready-count >= 0',
      { ...unset },
      'unknown: not seen (≥ 0)',
      'unknown: not seen (ready)',
      'unknown: not seen (≥ 0)',
    ],
    [
      'deployment a/web expect image 1.4.2, restarts <= 2, since-restart >= 1h, not-waiting',
      {},
      'true: 2 pods, such as web-1: r.example/web:1.4.2 (image 1.4.2)',
      'true: 2 pods, such as web-1: 2 restarts (≤ 2)',
      'true: 2 pods, such as web-1: restarted 60m before (≥ 1h)',
      'true: 2 pods, such as web-1: not waiting (not-waiting)',
    ],
    [
      'deployment a/web expect image 1.4.2',
      pods(pod(), pod({ name: 'web-2', images: [{ image: 'r.example/web:1.4.1', digest: null }] })),
      'false: web-2: r.example/web:1.4.1 (of 2 pods) (image 1.4.2)',
    ],
    [
      'deployment a/web expect image 1.4.2',
      { wanted: [] },
      'unknown: web-1: r.example/web:1.4.2 (of 2 pods) (image 1.4.2)',
    ],
    [
      'deployment a/web expect image 1.4.2',
      pods(pod()),
      'unknown: 1 of 2 pods of the newest revision (image 1.4.2)',
    ],
    [
      'pods a expect image 1.4.2',
      {
        ...pods(pod()),
        wanted: [
          { written: '2.0', text: '2.0' },
          { written: '1.4.2', text: '1.4.2' },
        ],
      },
      'true: 1 pod, such as web-1: r.example/web:1.4.2 (image 1.4.2)',
    ],
    [
      'pods a expect image 1.4.2',
      pods(pod()),
      'true: 1 pod, such as web-1: r.example/web:1.4.2 (image 1.4.2)',
    ],
    [
      'deployment a/web expect image 1.4.2',
      { ...pods(pod(), pod(), pod()) },
      'true: 3 pods, such as web-1: r.example/web:1.4.2 (image 1.4.2)',
    ],
    // A tag, a digest, a whole reference.
    ...images('true', 'v1', [running('r.example:5000/web:v1')]),
    ...images('true', 'latest', [running('r.example:5000/web')]),
    ...images('false', '5000', [running('r.example:5000/web')]),
    ...images('false', 'latest', [running(`web@${DIGEST}`)]),
    ...images('true', 'v1', [running('sidecar:v2'), running(`web:v1@${DIGEST}`, DIGEST)]),
    ...images('true', 'r.example/web:v1', [running('r.example/web:v1')]),
    ...images('false', 'other.example/web:v1', [running('r.example/web:v1')]),
    ...images('false', 'r.example/web', [running('r.example/web:v1')]),
    ...images('true', 'web:v1', [running('web:v1', DIGEST)]),
    ...images('true', DIGEST, [running('sidecar:v2', OTHER), running('web:v1', DIGEST)]),
    ...images('false', DIGEST, [running('sidecar:v2', OTHER), running('web:v1', OTHER)]),
    ...images('unknown', DIGEST, [running('sidecar:v2', OTHER), running('web:v1')]),
    ...images('true', `r.example:5000/web@${DIGEST}`, [running('r.example:5000/web:v1', DIGEST)]),
    ...images('false', `web@${DIGEST}`, [running('sidecar:v1', DIGEST), running('web:v1', OTHER)]),
    ...images('false', `web@${DIGEST}`, [running('sidecar:v1'), running('web:v1', OTHER)]),
    ...images('false', `web@${DIGEST}`, [running('sidecar:v1', DIGEST)]),
    ...images('unknown', 'v1', []),
    ['deployment a/web expect restarts > 2', pods(pod()), 'false: web-1: 2 restarts (of 1 pod) (> 2)'],
    [
      'deployment a/web expect image 1.4.2',
      { workload: null, ...pods(pod()) },
      'true: 1 pod, such as web-1: r.example/web:1.4.2 (image 1.4.2)',
    ],
    [
      'pods a expect ready, not-waiting',
      pods(pod({ ready: false, phase: 'Pending', waiting: 'ImagePullBackOff' })),
      'false: web-1: not ready (Pending) (of 1 pod) (ready)',
      'false: web-1: ImagePullBackOff (of 1 pod) (not-waiting)',
    ],
    [
      'pods a expect ready, not-waiting',
      { pods: { total: 2, kept: [pod()] } },
      'unknown: 2 pods, such as web-1: ready (ready)',
      'unknown: 2 pods, such as web-1: not waiting (not-waiting)',
    ],
    [
      'pods a expect ready, not-waiting, restarts == 0, since-restart > 1h',
      pods(),
      'unknown: no pods (ready)',
      'unknown: no pods (not-waiting)',
      'unknown: no pods (0)',
      'unknown: no pods (> 1h)',
    ],
    [
      'pods a expect ready, ready-count == 0',
      { pods: null, workload: null },
      'unknown: no pods (ready)',
      'unknown: no pods (0)',
    ],
    [
      'pods a expect restarts < 2, since-restart > 1h',
      pods(pod()),
      'false: web-1: 2 restarts (of 1 pod) (< 2)',
      'false: web-1: restarted 60m before (of 1 pod) (> 1h)',
    ],
    [
      'pods a expect restarts == 0, since-restart > 1h',
      pods(pod({ restarts: 0, restartedAt: null })),
      'true: 1 pod, such as web-1: 0 restarts (0)',
      'true: 1 pod, such as web-1: never restarted (> 1h)',
    ],
    [
      'pods a expect restarts >= 0, since-restart > 1s, not-waiting',
      pods(pod({ restarts: null, waiting: null })),
      'unknown: web-1: restarts not known (of 1 pod) (≥ 0)',
      'unknown: web-1: its last restart is not known (of 1 pod) (> 1s)',
      'unknown: web-1: nothing known (Running) (of 1 pod) (not-waiting)',
    ],
    [
      'pods a expect since-restart > 1s',
      pods(pod({ restartedAt: null })),
      'unknown: web-1: its last restart is not known (of 1 pod) (> 1s)',
    ],
    [
      'pods a expect since-restart > 1s',
      pods(pod({ restartedAt: 'x' })),
      'unknown: web-1: its last restart is not known (of 1 pod) (> 1s)',
    ],
    [
      'pods a expect ready-count == 1',
      { workload: null, ...pods(pod(), pod({ ready: false }), pod({ ready: false })) },
      'true: 1 of 3 pods ready (1)',
    ],
    ['pods a expect ready-count == 0', { workload: null, ...pods() }, 'unknown: no pods (0)'],
    [
      'pods a expect ready-count >= 1',
      { workload: null, pods: { total: 2, kept: [pod()] } },
      'unknown: 2 pods, too many to count (≥ 1)',
    ],
    [
      'nodes expect ready, no-pressure, schedulable',
      {},
      'true: 2 nodes, such as n-1: ready (ready)',
      'true: 2 nodes, such as n-1: no pressure (no-pressure)',
      'true: 2 nodes, such as n-1: takes new pods (schedulable)',
    ],
    [
      'nodes expect ready, no-pressure, schedulable',
      nodes(
        node({
          ready: 'Unknown',
          cordoned: true,
          pressures: [{ type: 'DiskPressure', status: 'True', reason: null }],
        }),
      ),
      'false: n-1: ready: Unknown (of 1 node) (ready)',
      'false: n-1: DiskPressure (of 1 node) (no-pressure)',
      'false: n-1: cordoned (of 1 node) (schedulable)',
    ],
    [
      'nodes expect ready, no-pressure',
      nodes(node({ ready: null, pressures: [] })),
      'unknown: n-1: readiness not known (of 1 node) (ready)',
      'unknown: n-1: conditions not known (of 1 node) (no-pressure)',
    ],
    [
      'nodes expect no-pressure',
      nodes(node({ pressures: [{ type: 'DiskPressure', status: 'Unknown', reason: null }] })),
      'unknown: n-1: DiskPressure: Unknown (of 1 node) (no-pressure)',
    ],
    [
      'nodes expect ready, no-pressure, schedulable, ready-count >= 0',
      { ...unset },
      'unknown: no nodes (ready)',
      'unknown: no nodes (no-pressure)',
      'unknown: no nodes (schedulable)',
      'unknown: no nodes (≥ 0)',
    ],
    [
      'nodes expect ready-count == 1',
      { workload: null, ...nodes(node(), node({ ready: 'False' })) },
      'true: 1 of 2 nodes ready (1)',
    ],
    [
      'nodes expect cpu-free >= 3, memory-free >= 4GiB, cpu-requested <= 25%, memory-requested <= 50%',
      {},
      'true: 3 cores of 4 cores on 2 nodes free (≥ 3)',
      'true: 4GiB of 8GiB on 2 nodes free (≥ 4GiB)',
      'true: 25% of 4 cores on 2 nodes requested (≤ 25%)',
      'true: 50% of 8GiB on 2 nodes requested (≤ 50%)',
    ],
    [
      'nodes expect cpu-free > 3, memory-free > 4GiB, cpu-requested < 25%, memory-requested < 50%',
      {},
      'false: 3 cores of 4 cores on 2 nodes free (> 3)',
      'false: 4GiB of 8GiB on 2 nodes free (> 4GiB)',
      'false: 25% of 4 cores on 2 nodes requested (< 25%)',
      'false: 50% of 8GiB on 2 nodes requested (< 50%)',
    ],
    [
      'nodes expect cpu-free > 0, memory-free > 0B, cpu-requested < 1%, memory-requested < 1%',
      { capacity: { nodes: 0 } },
      'unknown: no node takes new pods (> 0)',
      'unknown: no node takes new pods (> 0B)',
      'unknown: no node takes new pods (< 1%)',
      'unknown: no node takes new pods (< 1%)',
    ],
    [
      'nodes expect cpu-free > 0, cpu-requested < 1%',
      { capacity: null },
      'unknown: no node takes new pods (> 0)',
      'unknown: no node takes new pods (< 1%)',
    ],
    [
      'nodes expect cpu-free > 0',
      { capacity: { nodes: 1 } },
      'true: 3 cores of 4 cores on 1 node free (> 0)',
    ],
    [
      'nodes expect cpu-free > 0, memory-free > 0B',
      { capacity: { cpu: { allocatable: null }, memory: { requested: null } } },
      'unknown: cpu of a node or pod cannot be read (> 0)',
      'unknown: memory of a node or pod cannot be read (> 0B)',
    ],
    [
      'nodes expect cpu-requested < 1%',
      { capacity: { cpu: { allocatable: '0', requested: '0' } } },
      'unknown: share of 0 cores on 2 nodes not known (< 1%)',
    ],
    [
      'service a/web expect ready, ready-count >= 2',
      {},
      'true: 2 of 2 endpoints ready (ready)',
      'true: 2 ready endpoints (≥ 2)',
    ],
    [
      'service a/web expect ready, ready-count > 2',
      endpoints(['web', 1]),
      'false: 1 of 2 endpoints ready (ready)',
      'false: 1 ready endpoint (> 2)',
    ],
    [
      'service a/web expect ready, ready-count >= 0',
      endpoints(['web', 0]),
      'false: 0 of 2 endpoints ready (ready)',
      'true: 0 ready endpoints (≥ 0)',
    ],
    [
      'service a/web expect ready',
      { endpoints: [{ service: 'web', exists: true, ready: 0, total: 0 }] },
      'false: 0 of 0 endpoints ready (ready)',
    ],
    [
      'service a/web expect ready',
      { endpoints: [{ service: 'web', exists: true, ready: 1, total: 1 }] },
      'true: 1 of 1 endpoint ready (ready)',
    ],
    [
      'service a/web expect ready, ready-count >= 0',
      { endpoints: [] },
      'unknown: not seen (ready)',
      'unknown: not seen (≥ 0)',
    ],
    [
      'ingress a/web expect address, host a.example, backends',
      {},
      'true: 192.0.2.1 (address)',
      'true: a rule for a.example (host a.example)',
      'true: web: 2 ready (backends)',
    ],
    [
      'ingress a/web expect address, host a.example, backends',
      { ingress: { hosts: ['b.example'], addresses: [] }, ...endpoints(['web', 0]) },
      'false: no address (address)',
      'false: rules for b.example (host a.example)',
      'false: web has no ready endpoint (backends)',
    ],
    [
      'ingress a/web expect host a.example',
      { ingress: { hosts: [] } },
      'false: rules for no host (host a.example)',
    ],
    ['ingress a/web expect host a.example', { wanted: [] }, 'unknown: not seen (host a.example)'],
    [
      'ingress a/web expect backends',
      endpoints(['web', 1], ['api', -1]),
      'false: api does not exist (backends)',
    ],
    [
      'ingress a/web expect backends',
      endpoints(['web', 1], ['api', 1]),
      'unknown: web: 1 ready, api: 1 ready (backends)',
    ],
    ['ingress a/web expect backends', { endpoints: [] }, 'unknown: no backend (backends)'],
    [
      'ingress a/web expect backends',
      { endpoints: [], ingress: { services: [] } },
      'unknown: no backend (backends)',
    ],
    [
      'ingress a/web expect address, host a.example, backends',
      { ...unset },
      'unknown: not seen (address)',
      'unknown: not seen (host a.example)',
      'unknown: not seen (backends)',
    ],
    [
      'job a/m expect completed',
      job({ conditions: [{ type: 'Complete', status: 'True', reason: null }] }),
      'true: complete, 1 succeeded (completed)',
    ],
    [
      'job a/m expect completed',
      job({ conditions: [{ type: 'Complete', status: 'False', reason: null }] }),
      'false: not complete yet, 1 succeeded, 0 failed (completed)',
    ],
    [
      'job a/m expect completed',
      job({
        conditions: [
          { type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded' },
          { type: 'Complete', status: 'True', reason: null },
        ],
      }),
      'false: failed: BackoffLimitExceeded (completed)',
    ],
    [
      'job a/m expect completed',
      job({ conditions: [{ type: 'Failed', status: 'True', reason: null }] }),
      'false: failed: no reason given (completed)',
    ],
    ['job a/m expect completed', job({ suspended: true }), 'unknown: suspended (completed)'],
    [
      'job a/m expect completed',
      job({ failed: 2 }),
      'false: not complete yet, 1 succeeded, 2 failed (completed)',
    ],
    ['job a/m expect completed', {}, 'unknown: not seen (completed)'],
  ],
}
