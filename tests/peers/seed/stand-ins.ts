import { condition, type Thing } from '../kubernetes-api.ts'
import { type Listening, serveFor } from './serve.ts'

/** Pages and small interfaces that a team has somewhere; `broken` names those that are not well. */
export async function startPages(broken: ReadonlySet<string>): Promise<Listening> {
  return serveFor((request, response) => {
    const path = new URL(request.url ?? '/', 'http://pages').pathname
    const answer = (status: number, body: object, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
    const is = (name: string) => broken.has(name)
    if (path === '/limited') return answer(200, {}, is('limit') ? {} : { 'ratelimit-limit': '100' })
    if (path === '/third-party')
      return answer(
        request.headers.authorization === 'Bearer third-party-token' && !is('credential') ? 200 : 401,
        {},
      )
    if (path === '/mfa') return answer(200, { admins_without_mfa: is('mfa') ? 2 : 0 })
    if (path === '/api/v2/scheduled-maintenances/upcoming.json')
      return answer(200, { scheduled_maintenances: is('status') ? [] : [{ status: 'scheduled' }] })
    const page = { '/notes/v1.0.0': 'notes', '/docs': 'docs', '/runbook': 'runbook' }[path]
    return answer(page === undefined || is(page) ? 404 : 200, {})
  })
}

/** Loki's two questions, written from the published interface: lines flow, none of them an error. */
export async function startLoki(broken: ReadonlySet<string>): Promise<Listening> {
  return serveFor((request, response) => {
    const url = new URL(request.url ?? '/', 'http://loki')
    const query = url.searchParams.get('query') ?? ''
    const now = Date.now()
    const isAudit = query.includes('stream="audit"')
    const isSilent = broken.has(isAudit ? 'audit' : 'logs')
    const count = query.includes('level=error') ? (broken.has('log-errors') ? 7 : 0) : isSilent ? 0 : 1200
    const vector = count === 0 ? [] : [{ metric: {}, value: [now / 1000, String(count)] }]
    const lines = isSilent ? [] : [{ stream: {}, values: [[`${BigInt(now - 2000) * 1_000_000n}`, 'a line']] }]
    const data = url.pathname.endsWith('/query_range')
      ? { resultType: 'streams', result: lines }
      : { resultType: 'vector', result: vector }
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ status: 'success', data }))
  })
}

/** A cluster of two nodes with a service of two endpoints, as the API lists them. */
export function cluster(broken: ReadonlySet<string>): Record<string, Thing[]> {
  const node = (name: string): Thing => ({
    metadata: { name },
    spec: {},
    status: {
      allocatable: { cpu: '4', memory: '8Gi' },
      conditions: [
        condition('Ready', broken.has('nodes') && name === 'b' ? 'False' : 'True'),
        condition('MemoryPressure', 'False'),
        condition('DiskPressure', 'False'),
        condition('PIDPressure', 'False'),
      ],
    },
  })
  const asked = broken.has('room') ? { cpu: '3800m', memory: '7Gi' } : { cpu: '500m', memory: '1Gi' }
  const pod = (name: string, nodeName: string): Thing => ({
    metadata: { name, labels: { app: 'upstream-web' } },
    spec: { nodeName, containers: [{ name: 'web', resources: { requests: asked } }] },
    status: { phase: 'Running', conditions: [condition('Ready', 'True')], containerStatuses: [] },
  })
  const ready = broken.has('endpoints') ? [true, false] : [true, true]
  return {
    '/api/v1/nodes': [node('a'), node('b')],
    '/api/v1/pods': [pod('web-1', 'a'), pod('web-2', 'b')],
    '/api/v1/namespaces/shop/services': [{ metadata: { name: 'upstream-web' } }],
    '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices': [
      {
        metadata: { name: 'upstream-web-1', labels: { 'kubernetes.io/service-name': 'upstream-web' } },
        endpoints: ready.map((one) => ({ addresses: ['10.0.0.1'], conditions: { ready: one } })),
      },
    ],
  }
}
