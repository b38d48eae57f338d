import type { Grade, ItemState, Outcome, Verdict } from '#lib/shared/codes.ts'
import type { Acknowledger, Attached, By, Evidence, TextRef } from './evidence.ts'

export type Seen = {
  id: string
  outcome: Outcome
  verdict: Verdict
  line: string
  at: number
  /** From when it counts, where that is earlier than the look. */
  since?: number
  configHash: string
}

/** A receiver's word that the notice arrived. `sentBy`: who sent it, whose word alone it must not be. */
export type Acknowledgement = { by: Acknowledger; at: number; to: string; met: boolean; sentBy: string }

/** What the live evidence of an item adds up to. Plain JSON: it is stored beside the rows it was folded from. */
export type ItemFold = {
  tick: { by: By; at: number; note: TextRef | null; overProbe: boolean } | null
  witnesses: { by: By; at: number }[]
  notApplicable: { by: By; at: number; reason: TextRef; verified: { by: By; at: number } | null } | null
  fail: { by: By; at: number; reason: TextRef } | null
  /** The last conclusive observation: an inconclusive one never takes a pass away, the shelf life runs out instead. */
  seen: Seen | null
  /** The last attempt, conclusive or not. */
  attempt: Seen | null
  attempts: number
  /** Present once a probe failed what stood ticked: how many passes in a row it has had since. Absent in folds from before. */
  regressed?: { passes: number } | null
  /** The last look of a probe in shadow; nothing follows from it. */
  shadow?: Seen | null
  notes: { by: By; at: number; note: TextRef }[]
  /** The notice that stands, and what came back. Absent where none was sent: most items have none. */
  notice?: { id: string; by: By; at: number }
  acknowledged?: Acknowledgement[]
  /** Left out while there is none, so that older folds stay as they are. */
  attachments?: FoldedAttachment[]
}

/** `gone`: since when it no longer counts; without a reason when another one replaced it. */
export type FoldedAttachment = Attached & {
  by: By
  at: number
  gone: { by: By; at: number; reason: TextRef | null } | null
}

export const EMPTY_FOLD: ItemFold = {
  tick: null,
  witnesses: [],
  notApplicable: null,
  fail: null,
  seen: null,
  attempt: null,
  attempts: 0,
  notes: [],
}

/** After a regression so many passes in a row tick an item again. */
export const PASSES_AFTER_REGRESSION = 2

/**
 * One fail takes a tick away at once; what went back and forth then has to pass twice in a row. A look without a verdict ends the row,
 * as it is no pass.
 */
function regressedAfter(fold: ItemFold, verdict: Verdict): ItemFold['regressed'] {
  const { seen, tick, regressed = null } = fold
  if (regressed === null) {
    const wasTicked = seen === null ? tick !== null || metBy(fold) !== null : seen.verdict === 'pass'
    return verdict === 'fail' && wasTicked ? { passes: 0 } : null
  }
  if (verdict !== 'pass') return { passes: 0 }
  const passes = regressed.passes + 1
  return passes >= PASSES_AFTER_REGRESSION ? null : { passes }
}

/** A mark was taken back or the release changed: whoever was told was told of something else. */
function withoutNotice({ notice: _notice, acknowledged: _acknowledged, ...fold }: ItemFold): ItemFold {
  return fold
}

/** The attachments, with one of them gone. */
function without(
  attachments: readonly FoldedAttachment[],
  { id, gone }: { id: string | null; gone: NonNullable<FoldedAttachment['gone']> },
): FoldedAttachment[] {
  return attachments.map((one) => (one.id === id && one.gone === null ? { ...one, gone } : one))
}

/** The fold after one more row; rows are never changed, so a state is always the fold of all of them. */
export function foldOne(fold: ItemFold, row: Evidence): ItemFold {
  switch (row.kind) {
    case 'tick': {
      const { by, at, note, overProbe } = row
      return { ...fold, tick: { by, at, note, overProbe }, witnesses: [], notApplicable: null, fail: null }
    }
    case 'untick':
      return { ...withoutNotice(fold), tick: null, witnesses: [], notApplicable: null, fail: null }
    case 'fail':
      return { ...fold, fail: { by: row.by, at: row.at, reason: row.reason }, notApplicable: null }
    case 'not_applicable':
      return {
        ...withoutNotice(fold),
        tick: null,
        witnesses: [],
        fail: null,
        notApplicable: { by: row.by, at: row.at, reason: row.reason, verified: null },
      }
    case 'verify_not_applicable':
      return fold.notApplicable
        ? { ...fold, notApplicable: { ...fold.notApplicable, verified: { by: row.by, at: row.at } } }
        : fold
    case 'witness':
      return { ...fold, witnesses: [...fold.witnesses, { by: row.by, at: row.at }] }
    case 'note':
      return { ...fold, notes: [...fold.notes, { by: row.by, at: row.at, note: row.note }] }
    case 'attach': {
      const { by, at, attached, replaces } = row
      const before = without(fold.attachments ?? [], { id: replaces, gone: { by, at, reason: null } })
      return { ...fold, attachments: [...before, { ...attached, by, at, gone: null }] }
    }
    case 'withdraw': {
      const { by, at, reason, attachmentId: id } = row
      return { ...fold, attachments: without(fold.attachments ?? [], { id, gone: { by, at, reason } }) }
    }
    case 'observation': {
      const { observationId: id, outcome, verdict, line, at, since, configHash } = row
      const seen = { id, outcome, verdict, line, at, ...(since === undefined ? {} : { since }), configHash }
      const regressed = regressedAfter(fold, verdict)
      const isHeldBack = verdict === 'pass' && regressed !== null
      return {
        ...fold,
        seen: verdict === 'inconclusive' || isHeldBack ? fold.seen : seen,
        attempt: seen,
        attempts: fold.attempts + 1,
        regressed,
      }
    }
    case 'shadow': {
      const { observationId: id, outcome, verdict, line, at, configHash } = row
      return { ...fold, shadow: { id, outcome, verdict, line, at, configHash } }
    }
    case 'notice': {
      const { noticeId: id, by, at } = row
      return { ...withoutNotice(fold), notice: { id, by, at } }
    }
    case 'acknowledgement': {
      if (fold.notice?.id !== row.noticeId) return fold
      const { by, at, to, met } = row
      const acknowledgement = { by, at, to, met, sentBy: fold.notice.by.memberId }
      return { ...fold, acknowledged: [...(fold.acknowledged ?? []), acknowledgement] }
    }
    case 'void':
      return {
        ...withoutNotice(fold),
        seen: null,
        attempt: null,
        attempts: 0,
        regressed: null,
        shadow: null,
      }
  }
}

export function fold(rows: readonly Evidence[]): ItemFold {
  return rows.reduce(foldOne, EMPTY_FOLD)
}

/** The acknowledgement by which the notice had as many as it needs; null while it has not. */
export function metBy({ acknowledged = [] }: ItemFold): Acknowledgement | null {
  return acknowledged.find(({ met }) => met) ?? null
}

/** n/a stands until it is taken back; else a fail, a person's or a machine's, outweighs every tick. */
export function stateOf(fold: ItemFold): ItemState {
  if (fold.notApplicable) return 'not_applicable'
  if (fold.fail || fold.seen?.verdict === 'fail') return 'failed'
  if (fold.seen?.verdict === 'pass' || fold.tick || metBy(fold)) return 'passed'
  return 'open'
}

/** From when what a machine saw counts: looking again makes no report newer. */
export function countsFrom({ at, since = at }: Seen): number {
  return since
}

/** True while evidence of time `at` counts. Null shelf life: it keeps for the length of the run. */
export function isFresh({
  at,
  shelfLifeSeconds,
  now,
}: {
  at: number
  shelfLifeSeconds: number | null
  now: number
}): boolean {
  return shelfLifeSeconds === null || now - at <= shelfLifeSeconds * 1000
}

function gradeOf({
  fold,
  seenCounts,
  wordCounts,
}: {
  fold: ItemFold
  seenCounts: boolean
  /** Whether a person's word does: a tick, or acknowledgements as many as are needed. */
  wordCounts: boolean
}): Grade {
  if (stateOf(fold) !== 'passed') return 'unproven'
  if (fold.seen?.verdict === 'pass' && seenCounts) return 'observed'
  if (!wordCounts) return 'unproven'
  return fold.witnesses.length > 0 ? 'witnessed' : 'claimed'
}

/** The highest grade of live evidence, whatever its age: what staleness of a signature is judged by. */
export function grade(fold: ItemFold): Grade {
  return gradeOf({ fold, seenCounts: true, wordCounts: fold.tick !== null || metBy(fold) !== null })
}

/**
 * The highest grade of evidence inside its shelf life at `now` (milliseconds): what the gate asks. People's claims keep as long as what
 * machines saw unless `claimShelfSeconds` says otherwise.
 */
export function gradeAt({
  fold,
  shelfLifeSeconds,
  claimShelfSeconds = shelfLifeSeconds,
  now,
}: {
  fold: ItemFold
  shelfLifeSeconds: number | null
  claimShelfSeconds?: number | null | undefined
  now: number
}): Grade {
  return gradeOf({
    fold,
    seenCounts: fold.seen !== null && isFresh({ at: countsFrom(fold.seen), shelfLifeSeconds, now }),
    wordCounts: [fold.tick, metBy(fold)].some(
      (word) => word !== null && isFresh({ at: word.at, shelfLifeSeconds: claimShelfSeconds, now }),
    ),
  })
}
