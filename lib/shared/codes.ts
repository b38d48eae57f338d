/** The product's codes, listed once: the same in code, database and API. The words on screen are in `words.ts`. */
export const STAGES = ['prepare', 'deploy', 'verify', 'rollback'] as const
export const ITEM_STATES = ['open', 'passed', 'failed', 'not_applicable', 'waived'] as const
export const GRADES = ['unproven', 'claimed', 'witnessed', 'observed'] as const
export const VERDICTS = ['pass', 'fail', 'inconclusive'] as const
export const OUTCOMES = ['pass', 'warn', 'fail', 'inconclusive', 'error', 'blocked', 'skipped'] as const
export const SLOT_STATES = ['waiting', 'signed', 'stale', 'recused', 'retrospective'] as const
export const DECISIONS = ['go', 'conditional_go', 'no_go', 'recuse'] as const
export const RUN_STATES = [
  'preparing',
  'deploying',
  'verifying',
  'closed',
  'rolling_back',
  'rolled_back',
  'aborted',
] as const
export const ACCOUNT_ROLES = ['owner', 'admin', 'member', 'manager', 'auditor'] as const

/** The kinds of probe that ask somewhere; `lib/probes/kinds.ts` has a grammar for each, for `composite`, which asks nowhere itself, and for those whose evidence is pushed. */
export const PROBE_KINDS = [
  'http',
  'tls',
  'promql',
  'tcp',
  'dns',
  'grpc',
  'logs',
  'alertmanager',
  'rules',
  'kubernetes',
  'forge',
  'metrics',
  'websocket',
  'redis',
  'postgres',
  'delivery',
  'steps',
  'headers',
  'sse',
  'cookies',
  'redirect',
  'cors',
] as const

export type ProbeKind = (typeof PROBE_KINDS)[number]
export type Stage = (typeof STAGES)[number]
export type ItemState = (typeof ITEM_STATES)[number]
export type Grade = (typeof GRADES)[number]
export type Verdict = (typeof VERDICTS)[number]
export type Outcome = (typeof OUTCOMES)[number]
export type SlotState = (typeof SLOT_STATES)[number]
export type Decision = (typeof DECISIONS)[number]
export type RunState = (typeof RUN_STATES)[number]
export type AccountRole = (typeof ACCOUNT_ROLES)[number]

/** A run is live until it is closed, rolled back or aborted. */
export const LIVE_RUN_STATES = [
  'preparing',
  'deploying',
  'verifying',
  'rolling_back',
] as const satisfies readonly RunState[]

export function isLive(state: RunState): boolean {
  return (LIVE_RUN_STATES as readonly RunState[]).includes(state)
}

/** While a pipeline may still ask whether it may deploy; afterwards GO or NO-GO says nothing any more. */
export function isGateAsked(state: RunState): boolean {
  return state === 'preparing' || state === 'deploying'
}

/** True when `grade` is at least `minimum` in the order unproven < claimed < witnessed < observed. */
export function isGradeAtLeast({ grade, minimum }: { grade: Grade; minimum: Grade }): boolean {
  return GRADES.indexOf(grade) >= GRADES.indexOf(minimum)
}
