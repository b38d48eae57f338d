import type { Decision, Grade, ItemState, RunState, SlotState, Stage, Verdict } from '#lib/shared/codes.ts'
import type { AttachmentView } from './attachment-view.ts'
import type { Author } from './author.ts'
import type { By } from './evidence.ts'
import type { GateReason } from './gate.ts'
import type { NoticeView } from './notice-view.ts'
import type { ProbeView } from './probe-view.ts'

/** What a screen shows of one run, for one viewer. JSON-safe; every time is milliseconds since 1970 in UTC. */
export type BoardView = {
  /** The database's clock when the board was read. */
  now: number
  /** Last sequence number of the run's stream that this view holds: where the live stream goes on. */
  seq: number
  viewer: { memberId: string; name: string; roles: string[] }
  run: RunView
  gate: GateView
  /** In document order; a section without items or steps is left out. */
  sections: SectionView[]
  /** In document order. */
  items: ItemView[]
  slots: SlotView[]
  counts: GradeCounts
  triggers: { key: string; text: string; sectionKey: string }[]
  facts: FactView[]
  /** Newest first. */
  activity: ActivityView[]
  /** Who is here now, oldest first; one entry a person and open page. */
  presence: PresenceView[]
  /** What the viewer may do with the whole run, and in words why not. */
  can: Record<RunAct, boolean>
  why: Partial<Record<RunAct, string>>
}

export type RunView = {
  id: string
  service: { slug: string; name: string }
  environment: { slug: string; name: string }
  number: number
  state: RunState
  version: string
  commit: string
  artifactDigest: string | null
  /** Who wrote the commit, as far as somebody said so. */
  author: Author | null
  changeTicket: string | null
  windowStart: number | null
  windowEnd: number | null
  template: { slug: string; name: string; number: number }
  revision: number
  openedBy: By
  openedAt: number
  startedAt: number | null
  deployedAt: number | null
  rollbackAt: number | null
  endedAt: number | null
  /** Why it was rolled back or aborted. */
  reason: string | null
  sample: boolean
}

/** `own`: the viewer can do something about it. Own reasons come first. */
export type ReasonView = GateReason & { own: boolean }
export type GateView = { go: boolean; reasons: ReasonView[]; ownCount: number }

export type SectionView = {
  key: string
  title: string
  path: string[]
  stage: Stage
  /** Required items and steps of the section, and how many of them are settled (passed, n/a, waived). */
  total: number
  settled: number
  failed: number
}

export const ITEM_ACTS = [
  'tick',
  'untick',
  'fail',
  'notApplicable',
  'verify',
  'witness',
  'note',
  'attach',
  'probe',
  'notify',
] as const
export type ItemAct = (typeof ITEM_ACTS)[number]

export const RUN_ACTS = [
  'startDeployment',
  'markDeployed',
  'undoDeployed',
  'rollBack',
  'finishRollback',
  'abort',
  'close',
  'correctRelease',
  'answerFact',
  'probe',
] as const
export type RunAct = (typeof RUN_ACTS)[number]

export type ItemView = {
  id: string
  key: string
  kind: 'item' | 'step'
  ordinal: number
  sectionKey: string
  stage: Stage
  text: string
  detail: string | null
  /** Of a step: what to paste into the shell. */
  commands: string | null
  required: boolean
  ownerRole: string | null
  minGrade: Grade
  needsNote: boolean
  factKey: string | null
  state: ItemState
  /** By evidence inside its shelf life. */
  grade: Grade
  /** The evidence that settled it is older than its shelf life: probe or tick it again. */
  tooOld: boolean
  /** When it will be too old; null when it keeps for the length of the run or nothing settles it. */
  freshUntil: number | null
  /** The evidence in one line, or null while there is none. `machine` lines are set in the mono face. `unsure`: it looked, and could not tell. */
  line: { from: 'machine' | 'person'; text: string; unsure: boolean } | null
  /** Who settled or failed it last, and when; null for a machine or nobody. */
  by: By | null
  at: number | null
  /** Everything typed at it, oldest first. */
  notes: { by: By; at: number; text: string }[]
  /** Files and links, oldest first; those that are gone stay to be seen. */
  attachments: AttachmentView[]
  /** The unit of conflict: send it with every command. */
  version: number
  /** Sequence number of the event that last touched it. */
  seq: number
  /** What the machine checks, as written in the template; null also while its probe is in shadow. */
  probe: ProbeView | null
  /** Whom the item tells, and what came of it; null where it tells nobody. */
  notice: NoticeView | null
  /** “Run failing” looks again here. */
  failing: boolean
  /** The variables of a probe that this run goes without, as not all of them were set when it was opened. */
  unasked: string[] | null
  /** A probe that is only watched: what it would say. Nothing follows from it. */
  shadow: {
    kind: ProbeView['kind']
    text: string
    seen: { verdict: Verdict; line: string; at: number } | null
  } | null
  /** An attempt that is queued or running now. `looks`: of a window, how many were taken of the most there may be. */
  attempt: {
    id: string
    state: 'queued' | 'running'
    since: number
    looks: { taken: number; of: number } | null
  } | null
  /** Ticking it needs a typed reason: the item asks for a note, or a probe has not shown it. */
  tickNeedsNote: boolean
  /** Unticking it needs a reason: the mark is somebody else's. */
  untickNeedsReason: boolean
  can: Record<ItemAct, boolean>
  why: Partial<Record<ItemAct, string>>
}

export type SlotView = {
  role: string
  /** The last segment of its signing page's address. */
  slug: string
  state: SlotState
  decision: Decision | null
  signer: By | null
  at: number | null
  /** What the signer wrote with a no-go, a condition or a recusal. */
  reason: string | null
  staleReason: string | null
  /** First 12 hexadecimal digits are enough to recognise it. */
  manifestHash: string | null
  itemCount: number
  /** Required items of the scope that are open or failed. */
  unsettledCount: number
  canOpen: boolean
  /** The viewer can sign `go` now. */
  canSignGo: boolean
  /** The viewer can sign `no_go` or `recuse` now: as long as the run is live. */
  canStop: boolean
  /** Why the viewer cannot sign `go`; empty when they can. */
  why: string[]
  /** Active holders of the role who have not signed another slot and are as independent as the role asks. */
  whoCan: string[]
}

/** Items only (no steps); they add up to the number of items. */
export type GradeCounts = {
  observed: number
  witnessed: number
  claimed: number
  /** Passed, by evidence past its shelf life: proven once, and to be looked at again. */
  tooOld: number
  unproven: number
  failed: number
  notApplicable: number
  waived: number
}

export type FactView = { key: string; question: string; answer: boolean | null; itemKeys: string[] }
export type ActivityView = { seq: number; at: number; who: string; text: string; itemKey: string | null }
export type PresenceView = { memberId: string; name: string; itemKey: string | null }
