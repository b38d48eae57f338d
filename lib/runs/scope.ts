import { canonical } from '#lib/shared/canonical.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import type { Json } from '#lib/shared/result.ts'
import { type Acknowledgement, grade, type ItemFold, stateOf } from './fold.ts'
import { INDEPENDENT_ROLES } from './independent-roles.ts'
import type { Release, RuleItem, RuleRun } from './run-facts.ts'

/** What of one item a signature depends on. No times and no observation ids: a re-probe with the same verdict stales nobody. */
export type ScopeEntry = {
  key: string
  state: string
  grade: string
  tick: { by: string; noteHash: string | null } | null
  probe: string | null
  verdict: string | null
  notApplicable: { by: string; reasonHash: string; verified: boolean } | null
  waiver: null
  /** Who acknowledged; absent where nobody did, so that what was signed before notices existed reads the same. */
  acknowledged?: string[]
}

/** Those by which the notice had enough: one more of them later changes nothing that was signed. */
function countedAcknowledgements({ acknowledged = [] }: ItemFold): Acknowledgement[] {
  return acknowledged.slice(0, acknowledged.findIndex(({ met }) => met) + 1)
}

export function scopeEntry(item: RuleItem): ScopeEntry {
  const { tick, notApplicable, seen } = item.fold
  const acknowledged = countedAcknowledgements(item.fold)
  return {
    key: item.key,
    state: stateOf(item.fold),
    grade: grade(item.fold),
    tick: tick ? { by: tick.by.memberId, noteHash: tick.note?.hash ?? null } : null,
    probe: item.probeHash,
    verdict: seen?.verdict ?? null,
    notApplicable: notApplicable
      ? {
          by: notApplicable.by.memberId,
          reasonHash: notApplicable.reason.hash,
          verified: notApplicable.verified !== null,
        }
      : null,
    waiver: null,
    ...(acknowledged.length > 0
      ? { acknowledged: acknowledged.map(({ by, to }) => `${by.memberId ?? by.name} ${to}`) }
      : {}),
  }
}

/** The separation rules in force; part of every scope, so that changing them stales what was signed under the old ones. */
const POLICY = {
  v: 2,
  onePersonOneSlot: true,
  independent: [...INDEPENDENT_ROLES],
  /** Of a signer who must be independent: neither the commit's author nor the only word behind a tick or an n/a. */
  author: false,
  onlyWord: false,
}
export const POLICY_HASH = sha256Hex(canonical(POLICY))

/** The canonical text whose SHA-256 is the scope digest: product decision 3. Items in document order. */
export function scopeText({
  run,
  role,
  items,
}: {
  run: RuleRun
  role: string
  items: readonly RuleItem[]
}): string {
  const entries = [...items].sort((one, other) => one.ordinal - other.ordinal).map(scopeEntry)
  return canonical({
    v: 1,
    release: { ...run.release },
    template: run.templateHash,
    role,
    policy: POLICY_HASH,
    items: entries as unknown as Json,
  })
}

export function scopeDigest(scope: { run: RuleRun; role: string; items: readonly RuleItem[] }): string {
  return sha256Hex(scopeText(scope))
}

/** Whether a change of one item matters to the signatures that cover it. */
export function entryChanged(before: RuleItem, after: RuleItem): boolean {
  return canonical(scopeEntry(before) as unknown as Json) !== canonical(scopeEntry(after) as unknown as Json)
}

export type ScopeChange = { key: string; before: ScopeEntry | null; after: ScopeEntry | null }

type StoredScope = { release: Release; items: ScopeEntry[] }

/** What differs between the scope that was signed (its stored text) and the one of now, item by item, and the release. */
export function scopeChanges({ signed, now }: { signed: string; now: string }): {
  release: { before: Release; after: Release } | null
  items: ScopeChange[]
} {
  const before = JSON.parse(signed) as StoredScope
  const after = JSON.parse(now) as StoredScope
  const earlier = new Map(before.items.map((entry) => [entry.key, entry]))
  const later = new Map(after.items.map((entry) => [entry.key, entry]))
  const changes: ScopeChange[] = []
  for (const [key, entry] of later) {
    const old = earlier.get(key) ?? null
    if (JSON.stringify(old) !== JSON.stringify(entry)) changes.push({ key, before: old, after: entry })
  }
  for (const [key, entry] of earlier) if (!later.has(key)) changes.push({ key, before: entry, after: null })
  const sameRelease = JSON.stringify(before.release) === JSON.stringify(after.release)
  return { release: sameRelease ? null : { before: before.release, after: after.release }, items: changes }
}
