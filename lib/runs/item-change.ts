import type { AuditEntry } from '#lib/audit/events.ts'
import type { Grade, ItemState } from '#lib/shared/codes.ts'
import { plainInline } from '#lib/templates/inline.ts'
import type { BoardItem } from './board-snapshot.ts'
import type { Evidence } from './evidence.ts'
import { foldOne, grade, type ItemFold, stateOf } from './fold.ts'
import type { RuleItem, RuleRun } from './run-facts.ts'
import { entryChanged } from './scope.ts'

/** One evidence row and the item's state after it; `n` is the item's new version. */
export type ItemChange = {
  evidenceId: string
  itemId: string
  n: number
  row: Evidence
  /** Of a tick: the probe that it was made over, so that the rows alone give the fold back. */
  overProbe: string | null
  fold: ItemFold
  state: ItemState
  grade: Grade
  /** Sequence number of the event that carries it. */
  seq: number
}

export type StaleChange = { role: string; reason: string }

/** What the commands of a run write in one statement: evidence, items, staled signatures, the run's revision. */
export type RunItemsChange = {
  teamId: string
  runId: string
  at: Date
  items: ItemChange[]
  stale: StaleChange[]
}

/** The item after one more row of evidence, and what is to be written for it. */
export function advance<Item extends RuleItem>({
  item,
  row,
  seq,
  evidenceId,
}: {
  item: Item
  row: Evidence
  seq: number
  evidenceId: string
}): {
  after: Item
  change: ItemChange
} {
  const fold = foldOne(item.fold, row)
  const n = item.version + 1
  const overProbe = row.kind === 'tick' && row.overProbe ? item.probeHash : null
  const change = {
    evidenceId,
    itemId: item.id,
    n,
    row,
    overProbe,
    fold,
    state: stateOf(fold),
    grade: grade(fold),
    seq,
  }
  return { after: { ...item, fold, version: n, seq }, change }
}

/** A standing signature that still counts and can be made stale. */
export type Standing = { role: string; memberId: string }

/** What one changed item does to the signatures that cover it. Nothing after Start: signatures stand then. */
export function staledBy({
  run,
  covering,
  before,
  after,
  because,
}: {
  run: RuleRun
  /** Standing signatures of the slots whose scope holds the item. */
  covering: readonly Standing[]
  before: RuleItem
  after: RuleItem
  /** What happened, in words, for the slot's card. */
  because: string
}): { stale: StaleChange[]; entries: AuditEntry[] } {
  if (run.state !== 'preparing' || !entryChanged(before, after)) return { stale: [], entries: [] }
  return {
    stale: covering.map(({ role }) => ({ role, reason: because })),
    entries: covering.map(({ role, memberId }) => ({
      action: 'run.signature_staled',
      data: { role, memberId, because: `item ${before.key}` },
    })),
  }
}

/** `“Secrets rotated”`: the item's words without their marks, cut to a length that fits a card. */
export function named({ text }: Pick<BoardItem, 'text'>): string {
  const words = plainInline(text)
  return words.length > 80 ? `“${words.slice(0, 79)}…”` : `“${words}”`
}
