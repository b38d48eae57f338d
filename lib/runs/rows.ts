import type { Decision, Grade, RunState, Stage } from '#lib/shared/codes.ts'
import type { NoticeConfig } from '#lib/templates/notice.ts'
import type { ItemFold } from './fold.ts'
import type { RuleItem, RuleRun, RuleSignoff, RuleSlot } from './run-facts.ts'

/** Rows as SQL gives them, and how each becomes what the rules see. */
export type RunRow = {
  id: string
  state: RunState
  version: string
  commit: string
  artifact_digest: string | null
  author_id: string | null
  author_name: string | null
  template_hash: string
  window_start: Date | string | null
  window_end: Date | string | null
}

export type ItemRow = {
  id: string
  key: string
  kind: 'item' | 'step'
  ordinal: number
  section_key: string
  stage: Stage
  text: string
  required: boolean
  owner_role: string | null
  min_grade: Grade
  shelf_life_seconds: number | null
  claim_shelf_seconds: number | null
  needs_note: boolean
  probe_hash: string | null
  shadow_hash: string | null
  notice?: NoticeConfig | null
  version: number
  fold: ItemFold
}

export type SlotRow = {
  role: string
  scope: string[]
  member_id: string | null
  member_name: string | null
  decision: Decision | null
  signed_at: Date | string | null
  stale_reason: string | null
  manifest_hash: string | null
  scope_digest: string | null
  reason_id?: string | null
  holds_role: boolean | null
}

const ms = (at: Date | string | null): number | null => (at === null ? null : new Date(at).getTime())

export function ruleRun(row: RunRow): RuleRun {
  return {
    id: row.id,
    state: row.state,
    release: { version: row.version, commit: row.commit, artifactDigest: row.artifact_digest },
    author: row.author_name === null ? null : { memberId: row.author_id, name: row.author_name },
    templateHash: row.template_hash,
    windowStart: ms(row.window_start),
    windowEnd: ms(row.window_end),
  }
}

export function ruleItem(row: ItemRow): RuleItem {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    ordinal: row.ordinal,
    sectionKey: row.section_key,
    stage: row.stage,
    text: row.text,
    required: row.required,
    ownerRole: row.owner_role,
    minGrade: row.min_grade,
    shelfLifeSeconds: row.shelf_life_seconds,
    claimShelfSeconds: row.claim_shelf_seconds,
    needsNote: row.needs_note,
    probeHash: row.probe_hash,
    shadowHash: row.shadow_hash,
    ...(row.notice ? { notice: row.notice } : {}),
    version: row.version,
    fold: row.fold,
  }
}

export function ruleSlot(row: SlotRow): RuleSlot {
  return { role: row.role, scope: row.scope, standing: ruleSignoff(row) }
}

function ruleSignoff(row: SlotRow): RuleSignoff | null {
  if (!row.member_id || !row.decision || !row.manifest_hash || !row.scope_digest || row.signed_at === null)
    return null
  return {
    memberId: row.member_id,
    name: row.member_name ?? '',
    decision: row.decision,
    signedAt: new Date(row.signed_at).getTime(),
    staleReason: row.stale_reason,
    reasonId: row.reason_id ?? null,
    manifestHash: row.manifest_hash,
    scopeDigest: row.scope_digest,
    holdsRole: row.holds_role ?? false,
  }
}
