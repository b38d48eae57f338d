import { rmSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  condition,
  DIGEST,
  deployment,
  node,
  pod,
  replicaSet,
  startKubernetes,
  type Thing,
  TOKEN,
} from './kubernetes-api.ts'
import { authority, certificate, newFolder } from './processes.ts'
import { allow, look, serve } from './servers.ts'

const HEAD = 'kubernetes $' + '{KUBERNETES_URL} token $' + '{KUBERNETES_TOKEN} ca $' + '{KUBERNETES_CA}'
const APPS = '/apis/apps/v1/namespaces/shop'
const CORE = '/api/v1/namespaces/shop'
const SLICES = '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices'
const NET = '/apis/networking.k8s.io/v1/namespaces/shop/ingresses'

describe('a Kubernetes probe against a stand-in for the API', () => {
  const folder = newFolder('kubernetes')
  const objects: Record<string, Thing[]> = {}
  let api: Awaited<ReturnType<typeof startKubernetes>>
  let variables: Record<string, string> = {}

  beforeAll(async () => {
    const ca = authority(folder, 'ca', 30)
    certificate(folder, { name: 'api', by: 'ca', host: 'localhost', days: 20 })
    api = await startKubernetes({ folder, name: 'api', objects })
    variables = {
      KUBERNETES_URL: `https://localhost:${api.port}`,
      KUBERNETES_CA: ca.replaceAll('\n', '\\n'),
      VERSION: '1.4.2',
      NAMESPACE: 'shop',
    }
  })
  beforeEach(() => {
    api.asked.length = 0
    api.forbidden.clear()
    const slice = (name: string, ready: (boolean | null)[]) => ({
      metadata: { name: `${name}-1`, labels: { 'kubernetes.io/service-name': name } },
      endpoints: ready.map((one) => ({ addresses: ['10.0.0.1'], conditions: { ready: one } })),
    })
    // One pod has an address of each family, and one is being deleted.
    const twoFamilies = ['10.0.0.1', 'fd00::1'].map((address) => ({
      metadata: { name: 'whole-1', labels: { 'kubernetes.io/service-name': 'whole' } },
      endpoints: [
        { addresses: [address], conditions: { ready: true }, targetRef: { kind: 'Pod', uid: 'a' } },
        { addresses: [address], conditions: { ready: true }, targetRef: { kind: 'Pod', uid: 'b' } },
        {
          addresses: [address],
          conditions: { ready: false, serving: true, terminating: true },
          targetRef: { kind: 'Pod', uid: 'c' },
        },
      ],
    }))
    Object.assign(objects, {
      [`${APPS}/deployments`]: [deployment()],
      [`${APPS}/replicasets`]: [replicaSet('rs-6', '6'), replicaSet('rs-7', '7')],
      [`${CORE}/pods`]: [
        pod('web-a'),
        pod('web-b'),
        pod('web-old', { owner: 'rs-6', metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } }),
      ],
      [`${APPS}/statefulsets`]: [],
      [`${APPS}/daemonsets`]: [],
      '/api/v1/nodes': [node('node-1'), node('node-2'), node('node-3')],
      '/api/v1/pods': [
        pod('web-a'),
        pod('web-b'),
        pod('elsewhere', { spec: { nodeName: 'gone' } }),
        pod('done', { status: { phase: 'Failed' } }),
      ],
      [`${CORE}/services`]: ['web', 'whole', 'idle', 'lost'].map((name) => ({ metadata: { name } })),
      [SLICES]: [slice('web', [true, false]), slice('web', [null]), slice('idle', [false]), ...twoFamilies],
      [NET]: [ingress(['web'])],
      '/apis/batch/v1/namespaces/shop/jobs': [
        job('done', { succeeded: 1, conditions: [condition('Complete', 'True')] }),
        job('broken', { failed: 6, conditions: [condition('Failed', 'True', 'BackoffLimitExceeded')] }),
        job('busy', { active: 1 }),
      ],
    })
  })
  afterAll(() => {
    api.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const at = (
    rest: string,
    more: Record<string, string> = {},
    secrets: Record<string, string> = { KUBERNETES_TOKEN: TOKEN },
  ) =>
    look(`${HEAD} ${rest}`, {
      variables: { ...variables, ...more },
      secrets,
      allowList: allow(`localhost:${api.port}`),
      resolve: async () => ['127.0.0.1'],
    })
  const expectOf = async (rest: string, outcome: string, line: string) => {
    const { judgement } = await at(rest)
    expect(judgement).toMatchObject({ outcome })
    expect(judgement.line).toContain(line)
  }
  const WEB = 'deployment shop/web expect'

  it.each<[string, string, string]>([
    [`${WEB} rolled-out`, 'pass', '2 of 2 replicas updated and available'],
    [`${WEB} rolled-out, ready, ready-count >= 2, replicas == 2, time < 5s`, 'pass', '2 of 2 ready'],
    [`${WEB} ready-count >= 3`, 'fail', '2 of 2 ready · wanted ≥ 3'],
    ['deployment shop/none expect rolled-out', 'fail', 'deployment shop/none does not exist'],
    [`${WEB} image $\{VERSION}`, 'pass', '2 pods, such as web-a'],
    [`${WEB} image 1.4.1`, 'fail', 'shop/web:1.4.2 (sha256:'],
    [`${WEB} image "registry.example:5000/shop/web:1.4.2"`, 'pass', '2 pods'],
    [`${WEB} image "shop/web:1.4.2"`, 'fail', 'registry.example:5000/shop/web'],
    [`${WEB} image "${DIGEST}"`, 'pass', '2 pods'],
    [`${WEB} image "registry.example:5000/shop/web@${DIGEST}"`, 'pass', '2 pods'],
    [`${WEB} image "registry.example:5000/shop/web@sha256:${'0'.repeat(64)}"`, 'fail', 'web:1.4.2'],
    [`${WEB} image "sha256:${'0'.repeat(64)}"`, 'inconclusive', 'proxy:2.0'],
    [`${WEB} restarts == 0, since-restart >= 1h, not-waiting`, 'pass', 'never restarted'],
    ['pods $' + '{NAMESPACE} "app=web" expect ready, ready-count == 2', 'pass', '2 pods'],
    ['pods shop "app=none" expect ready-count == 0', 'inconclusive', 'no pods'],
    ['pods shop "app=none" expect ready', 'inconclusive', 'no pods'],
    ['nodes expect ready, no-pressure, schedulable, ready-count >= 3', 'pass', '3 nodes'],
    ['nodes expect cpu-free >= 10.76', 'pass', '10.76 cores of 11.76 cores on 3 nodes free'],
    ['nodes expect cpu-free >= 10.761', 'fail', '10.76 cores'],
    ['nodes expect memory-free >= 23GiB', 'pass', '23GiB of 24GiB on 3 nodes free'],
    ['nodes expect memory-free > 23GiB', 'fail', '23GiB of 24GiB'],
    ['nodes expect cpu-requested < 9%, memory-requested < 5%', 'pass', '8.503% of 11.76 cores'],
    ['service shop/web expect ready', 'fail', '2 of 3 endpoints ready'],
    ['service shop/web expect ready-count >= 2', 'pass', '2 ready endpoints'],
    ['service shop/whole expect ready, ready-count == 2', 'pass', '2 of 2 endpoints ready'],
    ['service shop/whole expect time < 5s', 'pass', '2 of 2 endpoints ready'],
    ['service shop/web expect time < 5s', 'fail', '2 of 3 endpoints ready · wanted ready'],
    ['service shop/lost expect time < 5s, warn ready', 'fail', '0 of 0 endpoints ready'],
    ['pods shop "app=none" expect time < 5s', 'inconclusive', 'no pods · wanted ready'],
    ['job shop/broken expect time < 5s', 'fail', 'failed: BackoffLimitExceeded'],
    ['service shop/idle expect ready', 'fail', '0 of 1 endpoint ready'],
    ['service shop/lost expect ready', 'fail', '0 of 0 endpoints ready'],
    ['service shop/none expect ready', 'fail', 'service shop/none does not exist'],
    ['ingress shop/web expect address, host shop.example.com, backends', 'pass', 'web: 2 ready'],
    ['ingress shop/web expect host other.example.com', 'fail', 'rules for shop.example.com'],
    ['job shop/done expect completed', 'pass', 'complete, 1 succeeded'],
    ['job shop/broken expect completed', 'fail', 'failed: BackoffLimitExceeded'],
    ['job shop/busy expect completed', 'fail', 'not complete yet'],
  ])('%s: %s', expectOf)

  it('asks only what the conditions need, by GET, page by page', async () => {
    await at(`${WEB} rolled-out`)
    expect(api.asked).toEqual([`GET ${APPS}/deployments/web`])
    api.asked.length = 0
    const { observation } = await at(`${WEB} image 1.4.2`)
    expect(api.asked).toEqual([
      `GET ${APPS}/deployments/web`,
      `GET ${CORE}/pods?labelSelector=app=web&limit=500`,
      `GET ${CORE}/pods?labelSelector=app=web&limit=500&continue=2`,
      `GET ${APPS}/replicasets?labelSelector=app=web&limit=500`,
    ])
    expect(JSON.stringify(observation)).not.toContain(TOKEN)
  })

  it.each<[string, { spec?: Thing; status?: Thing }, string, string]>([
    [
      'an older status',
      { status: { observedGeneration: 3 } },
      'inconclusive',
      'the status is of generation 3',
    ],
    ['a pause', { spec: { paused: true } }, 'inconclusive', 'the rollout is paused'],
    ['no replicas', { spec: { replicas: 0 } }, 'inconclusive', '0 replicas are asked for'],
    ['not all updated', { status: { updatedReplicas: 1 } }, 'fail', '1 of 2 replicas updated'],
    ['counts left out', { status: { updatedReplicas: undefined } }, 'fail', '0 of 2 replicas updated'],
    ['old ones left', { status: { replicas: 3 } }, 'fail', '1 old replica left'],
    ['not available', { status: { availableReplicas: 1 } }, 'fail', '1 of 2 updated replicas available'],
    [
      'lost again',
      { status: { conditions: [condition('Available', 'False', 'Lost')] } },
      'fail',
      'not available: Lost',
    ],
    [
      'no word of it',
      { status: { conditions: null } },
      'inconclusive',
      'does not say whether it is available',
    ],
    [
      'too slow',
      { status: { conditions: [condition('Progressing', 'False', 'ProgressDeadlineExceeded')] } },
      'fail',
      'it exceeded its progress deadline',
    ],
  ])('a deployment with %s', async (_what, more, outcome, line) => {
    objects[`${APPS}/deployments`] = [deployment(more)]
    await expectOf(`${WEB} rolled-out`, outcome, line)
  })

  it('no replicas are right where that is said', async () => {
    objects[`${APPS}/deployments`] = [
      deployment({
        spec: { replicas: 0 },
        status: { replicas: 0, updatedReplicas: 0, availableReplicas: 0 },
      }),
    ]
    await expectOf(`${WEB} rolled-out, replicas == 0`, 'pass', '0 of 0 replicas')
    await expectOf(`${WEB} rolled-out, replicas >= 0`, 'inconclusive', '0 replicas are asked for')
    await expectOf(`${WEB} ready`, 'inconclusive', '0 replicas are asked for')
  })

  const set = (updateStrategy: Thing, status: Thing) => ({
    metadata: { name: 'db', uid: 's-1', generation: 2 },
    spec: { replicas: 3, selector: { matchLabels: { app: 'db' } }, updateStrategy },
    status: {
      observedGeneration: 2,
      readyReplicas: 3,
      currentRevision: 'db-2',
      updateRevision: 'db-2',
      ...status,
    },
  })
  it.each<[Thing, Thing, string, string]>([
    [{ type: 'RollingUpdate' }, {}, 'pass', '3 of 3 replicas updated and ready'],
    [{ type: 'RollingUpdate' }, { readyReplicas: 2 }, 'fail', '2 of 3 replicas ready'],
    [
      { type: 'RollingUpdate' },
      { currentRevision: 'db-1', updatedReplicas: 1 },
      'fail',
      '1 of 3 replicas updated',
    ],
    [{ type: 'RollingUpdate' }, { updateRevision: '' }, 'inconclusive', 'revisions are not known'],
    [{ type: 'RollingUpdate' }, { observedGeneration: 0 }, 'inconclusive', 'generation 0'],
    [{ type: 'OnDelete' }, {}, 'inconclusive', 'OnDelete'],
    [
      { type: 'RollingUpdate', rollingUpdate: { partition: 2 } },
      { updatedReplicas: 1, currentRevision: 'x' },
      'pass',
      '1 of 1',
    ],
    [
      { type: 'RollingUpdate', rollingUpdate: { partition: 1 } },
      { updatedReplicas: 1 },
      'fail',
      '1 of 2 replicas of',
    ],
  ])('a stateful set %j %j', async (strategy, status, outcome, line) => {
    objects[`${APPS}/statefulsets`] = [set(strategy, status)]
    await expectOf('statefulset shop/db expect rolled-out', outcome, line)
  })

  it('a stateful set’s pods are those of the newest revision', async () => {
    objects[`${APPS}/statefulsets`] = [set({ type: 'RollingUpdate' }, {})]
    const one = (name: string, hash: string, image: string) =>
      pod(name, {
        ...{ owner: 's-1', labels: { app: 'db', 'controller-revision-hash': hash } },
        spec: { containers: [{ name: 'app', image }] },
      })
    objects[`${CORE}/pods`] = [
      one('db-0', 'db-1', 'db:1'),
      one('db-1', 'db-2', 'db:2'),
      one('db-2', 'db-2', 'db:2'),
    ]
    await expectOf('statefulset shop/db expect image 1', 'fail', 'db:2')
    await expectOf('statefulset shop/db expect image 2', 'inconclusive', '2 of 3 pods of the newest revision')
  })

  it.each<[string, Thing, string, string]>([
    ['RollingUpdate', {}, 'pass', '3 of 3 pods updated and available'],
    ['RollingUpdate', { updatedNumberScheduled: 2 }, 'fail', '2 of 3 pods updated'],
    ['RollingUpdate', { numberAvailable: 1 }, 'fail', '1 of 3 pods available'],
    ['RollingUpdate', { desiredNumberScheduled: 0 }, 'inconclusive', '0 replicas'],
    ['OnDelete', {}, 'inconclusive', 'OnDelete'],
  ])('a daemon set by %s with %j', async (type, status, outcome, line) => {
    objects[`${APPS}/daemonsets`] = [
      {
        metadata: { name: 'agent', uid: 'a-1', generation: 1 },
        spec: { selector: { matchLabels: { app: 'agent' } }, updateStrategy: { type } },
        status: {
          ...{ observedGeneration: 1, desiredNumberScheduled: 3, numberReady: 3 },
          ...{ updatedNumberScheduled: 3, numberAvailable: 3, ...status },
        },
      },
    ]
    await expectOf('daemonset shop/agent expect rolled-out', outcome, line)
  })

  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
  it.each<[string, Record<string, Thing>, string, string, string]>([
    [
      'crashes',
      {
        container: {
          ...{ restartCount: 5, state: { waiting: { reason: 'CrashLoopBackOff' } } },
          lastState: { terminated: { finishedAt: ago(3) } },
        },
        status: {},
      },
      'not-waiting',
      'fail',
      'web-b: CrashLoopBackOff (of 2 pods)',
    ],
    ['restarted', { container: { restartCount: 2 } }, 'restarts == 0', 'fail', 'web-b: 2 restarts'],
    [
      'restarted 20 min before',
      { container: { restartCount: 2, lastState: { terminated: { finishedAt: ago(20) } } } },
      'since-restart >= 30m',
      'fail',
      'restarted 20',
    ],
    [
      'restarted 40 min before',
      { container: { restartCount: 2, lastState: { terminated: { finishedAt: ago(40) } } } },
      'since-restart >= 30m',
      'pass',
      '2 pods',
    ],
    ['forgot when', { container: { restartCount: 2 } }, 'since-restart >= 30m', 'inconclusive', 'not known'],
    [
      'has no node',
      {
        status: {
          ...{ phase: 'Pending', containerStatuses: null },
          conditions: [condition('PodScheduled', 'False', 'Unschedulable')],
        },
      },
      'not-waiting',
      'fail',
      'Unschedulable',
    ],
    [
      'has not begun',
      { status: { phase: 'Pending', containerStatuses: null } },
      'restarts == 0',
      'inconclusive',
      'restarts not known',
    ],
    [
      'is not ready',
      { status: { conditions: [condition('Ready', 'False')] } },
      'ready',
      'fail',
      'not ready (Running)',
    ],
  ])('a pod that %s', async (_what, more, asked, outcome, line) => {
    objects[`${CORE}/pods`] = [pod('web-a'), pod('web-b', more)]
    await expectOf(`pods shop "app=web" expect ${asked}`, outcome, line)
  })

  it('fewer pods than replicas cannot all run the image', async () => {
    objects[`${CORE}/pods`] = [pod('web-a')]
    await expectOf(`${WEB} image 1.4.2`, 'inconclusive', '1 of 2 pods of the newest revision')
    await expectOf(`${WEB} image 1.4.1`, 'fail', '1.4.2')
  })

  it.each<[string, Thing[], string, string, string]>([
    [
      'pressed',
      [node('n', { conditions: [condition('DiskPressure', 'True')] })],
      'no-pressure',
      'fail',
      'DiskPressure',
    ],
    [
      'unclear',
      [node('n', { conditions: [condition('DiskPressure', 'Unknown')] })],
      'no-pressure',
      'inconclusive',
      'Unknown',
    ],
    [
      'silent',
      [node('n', { conditions: [condition('Ready', 'Unknown')] })],
      'ready',
      'fail',
      'ready: Unknown',
    ],
    ['new', [node('n', { conditions: [] })], 'ready', 'inconclusive', 'readiness not known'],
    [
      'cordoned',
      [node('a'), node('b', { spec: { unschedulable: true } })],
      'schedulable',
      'fail',
      'b: cordoned',
    ],
    [
      'cordoned',
      [node('node-1', { spec: { unschedulable: true } })],
      'cpu-free > 0',
      'inconclusive',
      'no node takes new pods',
    ],
    [
      'half cordoned',
      [node('node-1'), node('b', { spec: { unschedulable: true } })],
      'cpu-free >= 2.92',
      'pass',
      '2.92 cores of 3.92',
    ],
    ['absent', [], 'ready', 'inconclusive', 'no nodes'],
  ])('nodes that are %s', async (_what, nodes, asked, outcome, line) => {
    objects['/api/v1/nodes'] = nodes
    await expectOf(`nodes expect ${asked}`, outcome, line)
  })

  it('counts init containers, sidecars and overhead as the scheduler does', async () => {
    const of = (name: string, cpu: string, more: Thing = {}) => ({
      name,
      resources: { requests: { cpu } },
      ...more,
    })
    objects['/api/v1/nodes'] = [node('node-1')]
    const free = async (spec: Thing) => {
      objects['/api/v1/pods'] = [pod('x', { spec: { nodeName: 'node-1', ...spec } })]
      return (await at('nodes expect cpu-free > 0')).judgement.line
    }
    const init = { initContainers: [of('side', '500m', { restartPolicy: 'Always' }), of('init', '2')] }
    expect(await free({ containers: [of('a', '1')], ...init })).toContain('1.42 cores of 3.92')
    expect(await free({ containers: [of('a', '2.1')], ...init })).toContain('1.32 cores of 3.92')
    expect(await free({ containers: [of('a', '1')], overhead: { cpu: '20m' } })).toContain(
      '2.9 cores of 3.92',
    )
    expect(await free({ containers: [of('a', '1')], resources: { requests: { cpu: '3' } } })).toContain(
      '0.92 cores',
    )
    expect(await free({ containers: [of('a', 'much')] })).toContain('cannot be read')
  })

  it('every backend must have somebody behind it', async () => {
    for (const [name, line] of [
      ['idle', 'idle has no ready endpoint'],
      ['none', 'none does not exist'],
    ] as const) {
      objects[NET] = [ingress(['web', name])]
      await expectOf('ingress shop/web expect backends', 'fail', line)
      await expectOf('ingress shop/web expect time < 5s', 'fail', line)
    }
    objects[NET] = [ingress([])]
    await expectOf('ingress shop/web expect backends', 'inconclusive', 'no backend')
  })

  it('what the API refuses, and what is not the API, is an error', async () => {
    const outcome = async (more: Record<string, string>, rest = `${WEB} rolled-out`) =>
      (await at(rest, more)).judgement
    const wrong = await at(`${WEB} rolled-out`, {}, { KUBERNETES_TOKEN: 'wrong-token-of-ours' })
    expect(wrong.judgement).toMatchObject({
      outcome: 'error',
      line: 'the Kubernetes API answered 401, the token is not accepted: Unauthorized',
    })
    api.forbidden.add(`${APPS}/deployments`)
    const refused = await outcome({})
    expect(refused).toMatchObject({ outcome: 'error', verdict: 'inconclusive' })
    expect(refused.line).toContain('answered 403, the token may not read this: User "probe" cannot list')
    expect(await outcome({ KUBERNETES_CA: authority(folder, 'stranger', 30) })).toMatchObject({
      outcome: 'error',
    })
    expect((await outcome({ KUBERNETES_CA: 'none' })).line).toContain('holds no certificate in PEM')
    expect((await outcome({ KUBERNETES_URL: 'http://localhost:1' })).line).toContain(
      'a token is never sent in clear',
    )
    expect((await outcome({ NAMESPACE: '../x' }, 'pods $' + '{NAMESPACE} expect ready')).line).toContain(
      'does not become a name of Kubernetes',
    )
  })

  it('asks nothing with a token that all can read, and says where to keep it', async () => {
    const { judgement, observation } = await at(`${WEB} rolled-out`, { KUBERNETES_TOKEN: TOKEN }, {})
    expect(judgement).toMatchObject({
      outcome: 'error',
      line: "KUBERNETES_TOKEN is kept in the clear. Keep it as a secret on the environment's page, then run the probe again.",
    })
    expect(observation.kind !== 'window' && observation.connection).toBeNull()
    expect(api.asked).toEqual([])
    expect((await at(`${WEB} rolled-out`, {}, {})).judgement.line).toContain(
      'KUBERNETES_TOKEN is not set for production',
    )
  })

  it('refusing to connect and answering something else are errors, without a token too', async () => {
    const plain = (url: string) =>
      look('kubernetes $' + '{KUBERNETES_URL} deployment shop/web expect rolled-out', {
        variables: { KUBERNETES_URL: url },
        allowList: allow(new URL(url).host),
      })
    expect((await plain('http://127.0.0.1:2')).judgement).toMatchObject({
      outcome: 'error',
      line: 'connection refused',
    })
    const page = await serve((_request, response) => response.writeHead(404).end('<html>'))
    expect((await plain(page.url)).judgement).toMatchObject({
      outcome: 'error',
      line: 'what answered 404 is not the Kubernetes API; check its address',
    })
    const half = await serve((_request, response) => response.end('{"metadata":{"name":"web"},"spec":{}}'))
    expect((await plain(half.url)).judgement).toMatchObject({ outcome: 'error' })
  })
})

function ingress(services: string[]): Thing {
  return {
    metadata: { name: 'web' },
    spec: {
      rules: [
        {
          host: 'shop.example.com',
          http: { paths: services.map((name) => ({ path: `/${name}`, backend: { service: { name } } })) },
        },
      ],
    },
    status: { loadBalancer: { ingress: [{ ip: '192.0.2.7' }] } },
  }
}

function job(name: string, status: Thing): Thing {
  return { metadata: { name }, spec: {}, status }
}
