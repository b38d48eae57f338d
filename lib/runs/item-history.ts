import type { JudgedLook } from '#lib/probes/judged-looks.ts'
import type { Judgement } from '#lib/probes/judgement.ts'
import type { Observation } from '#lib/probes/observation.ts'
import type { Outcome, Verdict } from '#lib/shared/codes.ts'
import type { EvidenceKind } from './evidence.ts'
import type { Replay } from './replay.ts'

/** One row of evidence with what is kept beside it; times are milliseconds. */
export type HistoryRow = {
  n: number
  kind: EvidenceKind
  by: string
  at: number
  /** Note or reason as typed; `(erased)` when it was, null when there was none. */
  text: string | null
  /** Of a tick: it was made although a probe was there and had not shown the item. */
  overProbe: boolean
  /** Of an acknowledgement: where the link went that was pressed. */
  sentTo: string | null
  /** Of a look that is no longer kept whole: what it said. */
  told: { verdict: Verdict; line: string } | null
  observation: {
    id: string
    outcome: Outcome
    verdict: Verdict
    line: string
    /** The probe as it was configured then, in the words of the template. */
    probe: string
    judgement: Judgement
    seen: Observation
    /** Of a window: what each look came to, judged again now; empty where it cannot be read any more. */
    looks: JudgedLook[]
    /** What comes of judging it again now. */
    replay: Replay
  } | null
}

/** Everything that was ever recorded at one item, newest first: the panel behind “why”. */
export type ItemHistory = { key: string; text: string; rows: HistoryRow[] }
