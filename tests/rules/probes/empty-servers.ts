const NONE = { allocatable: '0', requested: '0' }

const ASKED = {
  ...{ number: 7, state: 'open', draft: false, author: null, head: '', mergeable: null, mergeSaid: null },
  mergedAs: [],
}
const REQUIRED = [
  { checks: null, reviews: null },
  {
    checks: { of: 'main', unread: [], wanted: [], reports: [], headIsSame: null },
    reviews: { of: 'main', unread: [], rules: [], owners: false, lastPush: false, pushedBy: null },
  },
  {
    checks: {
      ...{ of: 'main', unread: [], wanted: [{ name: 'a', app: null, rule: 'r' }], reports: [] },
      headIsSame: null,
    },
    reviews: {
      ...{ of: 'main', unread: [], rules: [{ name: 'r', count: 0, met: null }], owners: true },
      ...{ lastPush: true, pushedBy: null },
    },
  },
]

/** Attempts of the kinds that look at servers which ended without an error and found nothing. */
export const EMPTY_SERVERS = {
  tcp: [null, false].map((open) => ({ address: null, tls: null, open, steps: [] })),
  forge: [
    ...[null, 0, 2].map((found) => ({ found, pull: null })),
    ...[{}, ...REQUIRED.map((required) => ({ required }))].map((more) => ({
      found: 1,
      pull: ASKED,
      ...more,
    })),
  ].flatMap((seen) =>
    [null, []].map((none) => ({
      ...{ forge: 'github', repository: null, commit: null, tls: null, requests: [] },
      // Of a request that is there, no reviews are a count.
      ...{ reviews: seen.pull === null ? none : null, checks: none },
      ...{ totals: { reviews: 0, checks: 0 }, ...seen },
    })),
  ),
  dns: [{ name: null, replies: [], wanted: [] }],
  grpc: [
    null,
    { http: 200, status: 0, said: '', serving: null },
    { http: 200, status: null, said: '', serving: null },
  ].map((answer) => ({ address: null, service: null, tls: null, answer })),
  logs: [null, { value: null }].flatMap((flow) =>
    [null, { value: null }, { value: '0' }].map((count) => ({
      ...{ requests: [], tls: null, query: null, flowQuery: null, count, flow },
      newest: flow === null ? null : { ageMs: null },
    })),
  ),
  rules: [
    null,
    { ...{ groups: [], rules: 0, alerts: 0, failing: 0, unclear: 0, late: 0, firing: 0 }, kept: [] },
  ].map((loaded) => ({ requests: [], tls: null, loaded })),
  alertmanager: [
    {
      ...{ requests: [], tls: null, status: null, receivers: null, alerts: [], watchdog: null },
      silences: null,
    },
  ],
  kubernetes: [false, true].map((isEmpty) => ({
    ...{ address: null, tls: null, target: null, requests: [], exists: null, workload: null, job: null },
    ...{ ingress: null, endpoints: [], wanted: [] },
    pods: isEmpty ? { total: 0, kept: [] } : null,
    nodes: isEmpty ? { total: 0, kept: [] } : null,
    capacity: isEmpty ? { nodes: 0, pods: 0, cpu: NONE, memory: NONE } : null,
  })),
}
