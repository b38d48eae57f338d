import { paths } from '#lib/shared/paths.ts'
import type { RunAt } from './run-at.ts'

type Row = {
  access: 'public' | 'token' | 'session'
  /** `POST /path`, one for each method that the file exports. */
  requests: (run: RunAt) => string[]
  /** What somebody who is signed in and belongs to another team gets; absent where the route is about oneself. */
  outsider?: number
}

const at = ({ team, service, number }: RunAt) => ({ team: team.slug, service, number })

/** Every route of the app by its file; a test compares this with the folder, so that a new route is covered at birth. */
export const ROUTES: Readonly<Record<string, Row>> = {
  'app/health/route.ts': { access: 'public', requests: () => [`GET ${paths.api.health()}`] },
  'app/health/db/route.ts': { access: 'public', requests: () => [`GET ${paths.api.healthDatabase()}`] },
  'app/metrics/route.ts': { access: 'public', requests: () => [`GET ${paths.api.metrics()}`] },
  'app/api/auth/[...nextauth]/route.ts': {
    access: 'public',
    requests: () => ['GET /api/auth/csrf', 'POST /api/auth/callback/credentials'],
  },
  'app/api/setup/route.ts': {
    access: 'public',
    requests: () => [`GET ${paths.api.setup()}`, `POST ${paths.api.setup()}`],
  },
  'app/api/v1/gate/route.ts': {
    access: 'token',
    requests: ({ service }) => {
      const path = paths.api.gate({ service, environment: 'production' })
      return [`GET ${path}`, `POST ${path}`]
    },
  },
  'app/api/v1/reports/route.ts': {
    access: 'token',
    requests: ({ service }) => {
      const path = paths.api.reports({ service, environment: 'production', commit: '8f3c2d1' })
      return [`PUT ${path}`, `POST ${path}`]
    },
  },
  'app/api/v1/heartbeats/[name]/route.ts': {
    access: 'token',
    requests: ({ service }) => [
      `POST ${paths.api.heartbeat({ name: 'backup', service, environment: 'production' })}`,
    ],
  },
  'app/api/v1/templates/route.ts': { access: 'token', requests: () => [`POST ${paths.api.templates()}`] },
  'app/api/templates/fetch/route.ts': {
    access: 'session',
    requests: () => [`POST ${paths.api.templateFetch()}`],
  },
  'app/api/templates/try/route.ts': {
    access: 'session',
    requests: () => [`POST ${paths.api.templateTry()}`],
  },
  'app/api/services/try/route.ts': {
    access: 'session',
    requests: () => [`POST ${paths.api.serviceTry()}`],
  },
  'app/api/session/route.ts': { access: 'session', requests: () => [`GET ${paths.api.session()}`] },
  'app/api/session/touch/route.ts': { access: 'session', requests: () => [`POST ${paths.api.touch()}`] },
  'app/api/session/sign-out/route.ts': {
    access: 'session',
    requests: () => [`POST ${paths.api.signOut()}`],
  },
  'app/api/drafts/[key]/route.ts': {
    access: 'session',
    requests: () => ['GET', 'PUT', 'DELETE'].map((method) => `${method} ${paths.api.draft('new')}`),
  },
  'app/api/templates/review/route.ts': { access: 'session', requests: () => ['POST /api/templates/review'] },
  'app/api/sample/route.ts': {
    access: 'session',
    requests: () => [`POST ${paths.api.sample()}`],
    outsider: 403,
  },
  'app/api/live/[run]/route.ts': {
    access: 'session',
    requests: ({ runId }) => [`GET ${paths.api.live({ runId })}`],
    outsider: 404,
  },
  'app/api/runs/[run]/route.ts': {
    access: 'session',
    requests: ({ runId }) => [`GET ${paths.api.run(runId)}`],
    outsider: 404,
  },
  'app/api/runs/[run]/people/route.ts': {
    access: 'session',
    requests: ({ runId }) => [`GET ${paths.api.runPeople(runId)}`],
    outsider: 404,
  },
  'app/api/runs/[run]/focus/route.ts': {
    access: 'session',
    requests: ({ runId }) => [`POST ${paths.api.runFocus(runId)}`],
    outsider: 404,
  },
  'app/api/runs/[run]/sign/route.ts': {
    access: 'session',
    requests: ({ runId }) => [`POST ${paths.api.sign(runId)}`],
    outsider: 404,
  },
  'app/api/runs/[run]/items/[key]/route.ts': {
    access: 'session',
    requests: ({ runId }) => [`GET ${paths.api.runItem({ runId, key: 'tests-pass' })}`],
    outsider: 404,
  },
  'app/api/runs/[run]/items/[key]/files/route.ts': {
    access: 'session',
    requests: ({ runId }) => [`POST ${paths.api.itemFiles({ runId, key: 'tests-pass', name: 'a.txt' })}`],
    outsider: 404,
  },
  'app/api/runs/[run]/files/[file]/route.ts': {
    access: 'session',
    requests: ({ runId }) => [`GET ${paths.api.runFile({ runId, attachmentId: runId })}`],
    outsider: 404,
  },
  'app/api/runs/[run]/items/[key]/earlier/route.ts': {
    access: 'session',
    requests: ({ runId }) => [`GET ${paths.api.runItemEarlier({ runId, key: 'tests-pass' })}`],
    outsider: 404,
  },
  'app/api/runs/[run]/items/[key]/notice/route.ts': {
    access: 'session',
    requests: ({ runId }) => [`GET ${paths.api.runItemNotice({ runId, key: 'tests-pass' })}`],
    outsider: 404,
  },
  'app/[team]/history/csv/route.ts': {
    access: 'session',
    requests: ({ team }) => [`GET ${paths.historyCsv(team.slug)}`],
    outsider: 404,
  },
  'app/[team]/templates/[template]/v/[number]/markdown/route.ts': {
    access: 'session',
    requests: ({ team, template }) => [
      `GET ${paths.templateMarkdown({ team: team.slug, template, number: 1 })}`,
    ],
    outsider: 404,
  },
  'app/[team]/runs/[service]/[number]/record/markdown/route.ts': {
    access: 'session',
    requests: (run) => [`GET ${paths.recordMarkdown(at(run))}`],
    outsider: 404,
  },
}
