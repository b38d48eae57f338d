import type {
  AccountRole,
  Decision,
  Grade,
  ItemState,
  Outcome,
  RunState,
  SlotState,
  Stage,
  Verdict,
} from './codes.ts'

/** The screen's word for each code, in the middle of a sentence: the same word everywhere a person reads it. */
export const STAGE_WORDS: Record<Stage, string> = {
  prepare: 'prepare',
  deploy: 'deploy',
  verify: 'verify',
  rollback: 'rollback',
}

export const ITEM_STATE_WORDS: Record<ItemState, string> = {
  open: 'open',
  passed: 'passed',
  failed: 'failed',
  not_applicable: 'n/a',
  waived: 'waived',
}

export const GRADE_WORDS: Record<Grade, string> = {
  unproven: 'unproven',
  claimed: 'claimed',
  witnessed: 'witnessed',
  observed: 'observed',
}

export const VERDICT_WORDS: Record<Verdict, string> = {
  pass: 'pass',
  fail: 'fail',
  inconclusive: 'inconclusive',
}

export const OUTCOME_WORDS: Record<Outcome, string> = {
  pass: 'pass',
  warn: 'pass with a warning',
  fail: 'fail',
  inconclusive: 'inconclusive',
  error: 'error',
  blocked: 'blocked',
  skipped: 'skipped',
}

export const SLOT_STATE_WORDS: Record<SlotState, string> = {
  waiting: 'waiting',
  signed: 'signed',
  stale: 'stale',
  recused: 'recused',
  retrospective: 'retrospective',
}

export const DECISION_WORDS: Record<Decision, string> = {
  go: 'go',
  conditional_go: 'go with conditions',
  no_go: 'no-go',
  recuse: 'recuse',
}

export const RUN_STATE_WORDS: Record<RunState, string> = {
  preparing: 'preparing',
  deploying: 'deploying',
  verifying: 'verifying',
  closed: 'closed',
  rolling_back: 'rolling back',
  rolled_back: 'rolled back',
  aborted: 'aborted',
}

export const ACCOUNT_ROLE_WORDS: Record<AccountRole, string> = {
  owner: 'owner',
  admin: 'admin',
  member: 'member',
  manager: 'manager',
  auditor: 'auditor',
}

/** `n/a` stays as it is; every other word gets a capital, for headings and labels. */
export function capitalised(word: string): string {
  return word === ITEM_STATE_WORDS.not_applicable ? word : word.charAt(0).toUpperCase() + word.slice(1)
}

/** `1 item`, `3 items`, `2 cities` with `many` given. A count of something measured is a text of digits. */
export function counted({
  count,
  one,
  many = `${one}s`,
}: {
  count: number | string
  one: string
  many?: string
}): string {
  return `${count} ${String(count) === '1' ? one : many}`
}
