import { parseProbe } from '#lib/probes/annotation.ts'
import type { HttpProbe } from '#lib/probes/http-probe.ts'
import type { HttpObservation } from '#lib/probes/observations/http.ts'

/** A whole, plain answer: 200, an empty-ish head, the body "ok", 12.5 ms. */
export const ANSWER: HttpObservation = {
  v: 1,
  kind: 'http',
  at: '2026-02-03T04:05:06.000Z',
  configHash: '0'.repeat(64),
  request: { method: 'GET', url: 'http://a.example/', headers: [] },
  connection: {
    host: 'a.example',
    port: 80,
    addresses: ['192.0.2.1'],
    used: '192.0.2.1',
    allowedBy: 'a.example:80',
  },
  phases: { resolve: '1', connect: '1', tls: null, wait: '10', transfer: '0.5', total: '12.5' },
  response: { status: 200, httpVersion: '1.1', headers: [], headerNames: [] },
  body: {
    wireBytes: 2,
    bytes: 2,
    encoding: null,
    cut: null,
    sha256: '1'.repeat(64),
    excerpt: 'ok',
    finds: [],
    picks: [],
  },
  tls: null,
  redirects: [],
  error: null,
}

export function answerWith({
  status = 200,
  headers = {},
  body = {},
  total = '12.5',
}: {
  status?: number
  headers?: Record<string, string>
  body?: Partial<NonNullable<HttpObservation['body']>> | null
  total?: string | null
}): HttpObservation {
  return {
    ...ANSWER,
    phases: { ...ANSWER.phases, total },
    response: {
      status,
      httpVersion: '1.1',
      headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
      headerNames: Object.keys(headers),
    },
    body: body === null || ANSWER.body === null ? null : { ...ANSWER.body, ...body },
  }
}

/** The configuration of `http http://a.example/ expect …`. */
export function probeOf(rest: string): HttpProbe {
  const parsed = parseProbe(`http http://a.example/ ${rest}`)
  if (!parsed.ok) throw new Error(`${parsed.problem.message} at ${parsed.problem.offset} of ${rest}`)
  if (parsed.config.kind !== 'http') throw new Error(parsed.config.kind)
  return parsed.config
}
