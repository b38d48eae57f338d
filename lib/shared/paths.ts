/** Names one run: the team's slug, the service's slug, the number counted per service. */
export type RunAddress = { team: string; service: string; number: number }

export type HistoryFilters = {
  service?: string
  environment?: string
  state?: string
  person?: string
  text?: string
  /** Days in UTC, `2026-11-23`, both included. */
  from?: string
  to?: string
  /** Opaque key of the last row of the page before. */
  after?: string
}

/** Why somebody stands before the sign-in page. */
export type SignInReason = 'idle' | 'ended' | 'signed_out' | 'password_set'

/** What names a report beside its file. */
type ReportQuery = Partial<
  Record<'service' | 'environment' | 'commit' | 'name' | 'format' | 'run', string | undefined>
>

type Query = Record<string, string | number | undefined>

function withQuery(path: string, query: Query): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  if (entries.length === 0) return path
  return `${path}?${new URLSearchParams(entries.map(([key, value]) => [key, String(value)]))}`
}

function join(...segments: (string | number)[]): string {
  return `/${segments.map((segment) => encodeURIComponent(segment)).join('/')}`
}

function runPath({ team, service, number }: RunAddress, ...rest: string[]): string {
  return join(team, 'runs', service, number, ...rest)
}

/** True for an address inside this app, which a redirect may follow; `//host` and `/\host` lead elsewhere. */
export function isLocalPath(path: string): boolean {
  return /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(path)
}

/** The DOM id of an item on the board, the target of `paths.runItem`. */
export function itemAnchor(itemKey: string): string {
  return `item-${itemKey}`
}

/** Every address of the app, once. Arguments are raw words: encoding happens here. */
export const paths = {
  home: () => '/',
  /** Comes back to `returnTo` after signing in; an address outside the app is dropped. `because` is said on the page. */
  signIn: (returnTo?: string, because?: SignInReason) =>
    withQuery('/sign-in', {
      return: returnTo !== undefined && isLocalPath(returnTo) ? returnTo : undefined,
      because,
    }),
  setup: () => '/setup',
  invite: (token: string) => join('invite', token),
  reset: (token: string) => join('reset', token),
  /** Where a receiver of a notice acknowledges it. */
  acknowledge: (token: string) => join('ack', token),
  me: () => '/me',
  team: (team: string) => join(team),
  waiting: (team: string) => join(team, 'waiting'),
  members: (team: string) => join(team, 'members'),
  insights: (team: string) => join(team, 'insights'),
  teamAudit: (team: string) => join(team, 'audit'),
  runs: (team: string) => join(team, 'runs'),
  /** The form that opens a run, with service, environment and checklist already chosen when given. */
  openRun: (team: string, chosen: { service?: string; environment?: string; template?: string } = {}) =>
    withQuery(join(team, 'runs', 'open'), chosen),
  run: (address: RunAddress) => runPath(address),
  /** The board, scrolled to one item. */
  runItem: ({ itemKey, ...address }: RunAddress & { itemKey: string }) =>
    `${runPath(address)}#${encodeURIComponent(itemAnchor(itemKey))}`,
  /** `role` is the slot's slug. */
  sign: ({ role, ...address }: RunAddress & { role: string }) => runPath(address, 'sign', role),
  /** The text that a signature covers, by the digest that was signed. */
  signed: ({ role, hash, ...address }: RunAddress & { role: string; hash: string }) =>
    withQuery(runPath(address, 'sign', role), { signed: hash }),
  record: (address: RunAddress) => runPath(address, 'record'),
  recordMarkdown: (address: RunAddress) => runPath(address, 'record', 'markdown'),
  audit: (address: RunAddress) => runPath(address, 'audit'),
  services: (team: string) => join(team, 'services'),
  service: ({ team, service }: { team: string; service: string }) => join(team, 'services', service),
  templates: (team: string) => join(team, 'templates'),
  /** The import form; `start` is a shipped checklist, `template` one that gets a new version. */
  templateImport: (team: string, from: { start?: string; template?: string } = {}) =>
    withQuery(join(team, 'templates', 'import'), from),
  /** One of the checklists that come with Countersign, to look at. */
  galleryTemplate: ({ team, slug }: { team: string; slug: string }) =>
    join(team, 'templates', 'gallery', slug),
  template: ({ team, template }: { team: string; template: string }) => join(team, 'templates', template),
  templateVersion: ({ team, template, number }: { team: string; template: string; number: number }) =>
    join(team, 'templates', template, 'v', number),
  templateMarkdown: ({ team, template, number }: { team: string; template: string; number: number }) =>
    join(team, 'templates', template, 'v', number, 'markdown'),
  apiTokens: (team: string) => join(team, 'tokens'),
  templateEdit: ({ team, template }: { team: string; template: string }) =>
    join(team, 'templates', template, 'edit'),
  /** Two versions side by side; `show` is the tab. */
  templateDiff: ({
    team,
    template,
    ...query
  }: {
    team: string
    template: string
    from: number
    to: number
    show?: 'text'
  }) => withQuery(join(team, 'templates', template, 'diff'), query),
  history: (team: string, filters: HistoryFilters = {}) => withQuery(join(team, 'history'), filters),
  historyCsv: (team: string, filters: HistoryFilters = {}) =>
    withQuery(join(team, 'history', 'csv'), filters),
  api: {
    health: () => '/health',
    healthDatabase: () => '/health/db',
    metrics: () => '/metrics',
    setup: () => '/api/setup',
    sample: () => '/api/sample',
    gate: (query: { service?: string; environment?: string; digest?: string; as?: 'json' } = {}) =>
      withQuery('/api/v1/gate', query),
    /** Server-sent events of one run; `after` is the last sequence number already seen. */
    live: ({ runId, after }: { runId: string; after?: number }) =>
      withQuery(join('api', 'live', runId), { after }),
    /** The board of one run as JSON, and everything recorded at one item of it. */
    run: (runId: string) => join('api', 'runs', runId),
    runItem: ({ runId, key }: { runId: string; key: string }) => join('api', 'runs', runId, 'items', key),
    /** Takes a file for an item as the body. */
    itemFiles: ({
      runId,
      key,
      ...query
    }: {
      runId: string
      key: string
      name?: string
      note?: string
      replaces?: string
    }) => withQuery(join('api', 'runs', runId, 'items', key, 'files'), query),
    /** One attached file, to be saved. */
    runFile: ({ runId, attachmentId }: { runId: string; attachmentId: string }) =>
      join('api', 'runs', runId, 'files', attachmentId),
    runPeople: (runId: string) => join('api', 'runs', runId, 'people'),
    sign: (runId: string) => join('api', 'runs', runId, 'sign'),
    /** The same item in earlier runs of the service. */
    runItemEarlier: ({ runId, key }: { runId: string; key: string }) =>
      join('api', 'runs', runId, 'items', key, 'earlier'),
    /** What a notice of an item would say, and to whom. */
    runItemNotice: ({ runId, key }: { runId: string; key: string }) =>
      join('api', 'runs', runId, 'items', key, 'notice'),
    runFocus: (runId: string) => join('api', 'runs', runId, 'focus'),
    /** Takes a report that a pipeline pushes. */
    reports: (query: ReportQuery = {}) => withQuery('/api/v1/reports', query),
    /** Takes the call of a job that ended. */
    heartbeat: ({ name, ...query }: { name: string; service?: string; environment?: string }) =>
      withQuery(join('api', 'v1', 'heartbeats', name), query),
    /** Publishes a template with an API token. */
    templates: () => '/api/v1/templates',
    templateFetch: () => '/api/templates/fetch',
    templateTry: () => '/api/templates/try',
    serviceTry: () => '/api/services/try',
    session: () => '/api/session',
    touch: () => '/api/session/touch',
    signOut: () => '/api/session/sign-out',
    draft: (key: string) => join('api', 'drafts', key),
    templateReview: () => '/api/templates/review',
  },
} as const
