import type { Outcome, Verdict } from '#lib/shared/codes.ts'

export type By = { memberId: string; name: string }
/** A free text beside the log: its id and its salted hash. */
export type TextRef = { textId: string; hash: string }

/** One append-only row of evidence behind an item, in the order `n` of its rows. Times are integer milliseconds. */
export type Evidence =
  | { kind: 'tick'; by: By; at: number; note: TextRef | null; overProbe: boolean }
  | { kind: 'untick'; by: By; at: number; reason: TextRef | null }
  | { kind: 'fail'; by: By; at: number; reason: TextRef }
  | { kind: 'not_applicable'; by: By; at: number; reason: TextRef }
  | { kind: 'verify_not_applicable'; by: By; at: number }
  | { kind: 'witness'; by: By; at: number }
  | { kind: 'note'; by: By; at: number; note: TextRef }
  /** `shadow`: what a probe saw whose word does not count yet. */
  | {
      kind: 'observation' | 'shadow'
      at: number
      observationId: string
      outcome: Outcome
      verdict: Verdict
      line: string
      configHash: string
    }
  /** The release was corrected: what machines saw of the old one no longer counts. */
  | { kind: 'void'; by: By; at: number }

export type EvidenceKind = Evidence['kind']
