import type { Outcome, Verdict } from '#lib/shared/codes.ts'

export type By = { memberId: string; name: string }
/** Somebody who acknowledged: a member, or a named person without an account. */
export type Acknowledger = { memberId: string | null; name: string }
/** A free text beside the log: its id and its salted hash. */
export type TextRef = { textId: string; hash: string }

/** A file or a link as it was put behind an item. `label`: the file's name or the link's address. */
export type Attached = {
  id: string
  label: TextRef
  note: TextRef | null
  /** What the file is by its bytes alone; null of a link. */
  file: { sha256: string; bytes: number; mediaType: string } | null
}

/** One append-only row of evidence behind an item, in the order `n` of its rows. Times are integer milliseconds. */
export type Evidence =
  | { kind: 'tick'; by: By; at: number; note: TextRef | null; overProbe: boolean }
  | { kind: 'untick'; by: By; at: number; reason: TextRef | null }
  | { kind: 'fail'; by: By; at: number; reason: TextRef }
  | { kind: 'not_applicable'; by: By; at: number; reason: TextRef }
  | { kind: 'verify_not_applicable'; by: By; at: number }
  | { kind: 'witness'; by: By; at: number }
  | { kind: 'note'; by: By; at: number; note: TextRef }
  /** `replaces`: the id of an attachment that this one stands for from now on. */
  | { kind: 'attach'; by: By; at: number; attached: Attached; replaces: string | null }
  | { kind: 'withdraw'; by: By; at: number; attachmentId: string; reason: TextRef }
  /** `shadow`: what a probe saw whose word does not count yet. */
  | {
      kind: 'observation' | 'shadow'
      at: number
      /** From when it counts, where that is earlier than the look: a report is as old as its push. */
      since?: number
      observationId: string
      outcome: Outcome
      verdict: Verdict
      line: string
      configHash: string
    }
  /** People were told. What stood of an earlier notice at the item no longer counts. */
  | { kind: 'notice'; by: By; at: number; noticeId: string }
  /** `to`: the receiver, as it is shown. `met`: with this one, the notice has as many as it needs. */
  | {
      kind: 'acknowledgement'
      by: Acknowledger
      at: number
      noticeId: string
      to: string
      met: boolean
    }
  /** The release was corrected: what machines saw of the old one no longer counts. */
  | { kind: 'void'; by: By; at: number }

export type EvidenceKind = Evidence['kind']
