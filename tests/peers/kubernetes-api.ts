import { readFileSync } from 'node:fs'
import https from 'node:https'
import type { AddressInfo } from 'node:net'

/** An object of the API as JSON. */
export type Thing = { [key: string]: unknown }

export const TOKEN = 'eyJhbGciOi-service-account'

/**
 * A stand-in for the Kubernetes API, written from its published OpenAPI documents: GET of one object and of a collection with
 * label selectors, `limit` and `continue`; Status objects for refusals; everything but GET is a 405.
 */
export function startKubernetes({
  folder,
  name,
  objects,
  pageSize = 2,
}: {
  folder: string
  name: string
  /** By the path of the collection. Read at every request, so that tests may change it. */
  objects: Record<string, Thing[]>
  pageSize?: number
}) {
  const forbidden = new Set<string>()
  const asked: string[] = []
  const read = (end: string) => readFileSync(`${folder}/${name}.${end}`)
  const server = https.createServer({ cert: read('pem'), key: read('key') }, (request, response) => {
    const url = new URL(request.url ?? '/', 'https://api')
    const path = decodeURIComponent(url.pathname)
    asked.push(`${request.method} ${path}${decodeURIComponent(url.search)}`)
    const answer = (code: number, body: object) =>
      response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const status = (code: number, reason: string, message: string) =>
      answer(code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, reason, code })
    if (request.method !== 'GET')
      return status(405, 'MethodNotAllowed', 'the server does not allow this method')
    if (request.headers.authorization !== `Bearer ${TOKEN}`)
      return status(401, 'Unauthorized', 'Unauthorized')
    const parts = path.split('/')
    const collection = Object.hasOwn(objects, path) ? path : parts.slice(0, -1).join('/')
    if (forbidden.has(collection))
      return status(403, 'Forbidden', `User "probe" cannot list resource at ${collection}`)
    const found = objects[collection]
    if (found === undefined)
      return status(404, 'NotFound', 'the server could not find the requested resource')
    if (collection !== path) {
      const one = found.find((thing) => nameOf(thing) === parts.at(-1))
      return one === undefined ? status(404, 'NotFound', `"${parts.at(-1)}" not found`) : answer(200, one)
    }
    const wanted = (url.searchParams.get('labelSelector') ?? '').split(',').filter((part) => part !== '')
    const selected = found.filter((thing) => wanted.every((part) => hasLabel(thing, part)))
    const from = Number(url.searchParams.get('continue') ?? '0')
    const limit = Math.min(Number(url.searchParams.get('limit') ?? '500'), pageSize)
    const next = from + limit < selected.length ? { continue: String(from + limit) } : {}
    return answer(200, { kind: 'List', metadata: next, items: selected.slice(from, from + limit) })
  })
  return new Promise<{ port: number; asked: string[]; forbidden: Set<string>; close: () => void }>(
    (resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo
        resolve({ port, asked, forbidden, close: () => server.close() })
      })
    },
  )
}

function metadataOf(thing: Thing): Thing {
  return (thing.metadata ?? {}) as Thing
}
function nameOf(thing: Thing): unknown {
  return metadataOf(thing).name
}
function hasLabel(thing: Thing, part: string): boolean {
  const [key = '', value] = part.split('=')
  const labels = (metadataOf(thing).labels ?? {}) as Record<string, string>
  return labels[key] === value
}

const is = (type: string, status: string, reason?: string) => ({
  type,
  status,
  ...(reason ? { reason } : {}),
})
export const condition = is

export function deployment({ spec = {}, status = {} }: { spec?: Thing; status?: Thing } = {}): Thing {
  return {
    kind: 'Deployment',
    metadata: {
      ...{ name: 'web', namespace: 'shop', uid: 'd-1', generation: 4 },
      annotations: { 'deployment.kubernetes.io/revision': '7' },
    },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      strategy: { type: 'RollingUpdate' },
      ...spec,
    },
    status: {
      ...{ observedGeneration: 4, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 },
      conditions: [is('Available', 'True'), is('Progressing', 'True', 'NewReplicaSetAvailable')],
      ...status,
    },
  }
}

export function replicaSet(uid: string, revision: string): Thing {
  return {
    metadata: {
      ...{ name: uid, uid, labels: { app: 'web' }, ownerReferences: [{ uid: 'd-1' }] },
      annotations: { 'deployment.kubernetes.io/revision': revision },
    },
  }
}

export const DIGEST = `sha256:${'ab'.repeat(32)}`

export function pod(
  name: string,
  {
    owner = 'rs-7',
    status = {},
    container = {},
    spec = {},
    metadata = {},
    labels = {},
  }: Record<string, Thing | string> = {},
): Thing {
  return {
    metadata: {
      name,
      labels: { app: 'web', ...(labels as Thing) },
      ownerReferences: [{ uid: owner }],
      ...(metadata as Thing),
    },
    spec: {
      nodeName: 'node-1',
      containers: [
        { name: 'proxy', image: 'registry.example:5000/proxy:2.0', resources: { requests: { cpu: '100m' } } },
        {
          ...{ name: 'app', image: 'registry.example:5000/shop/web:1.4.2' },
          resources: { requests: { cpu: '0.4', memory: '512Mi' } },
        },
      ],
      ...(spec as Thing),
    },
    status: {
      phase: 'Running',
      conditions: [is('Ready', 'True')],
      containerStatuses: [
        {
          ...{ name: 'app', restartCount: 0, state: { running: {} }, lastState: {} },
          imageID: `registry.example:5000/shop/web@${DIGEST}`,
          ...(container as Thing),
        },
      ],
      ...(status as Thing),
    },
  }
}

export function node(
  name: string,
  { spec = {}, conditions }: { spec?: Thing; conditions?: object[] } = {},
): Thing {
  return {
    metadata: { name },
    spec,
    status: {
      allocatable: { cpu: '3920m', memory: '8Gi', pods: '110' },
      conditions: conditions ?? [
        ...['MemoryPressure', 'DiskPressure', 'PIDPressure'].map((type) => is(type, 'False')),
        is('Ready', 'True'),
      ],
    },
  }
}
