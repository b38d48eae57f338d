import type { ProbeConfig } from '#lib/probes/config.ts'
import type { Decision, RunState, Stage } from '#lib/shared/codes.ts'
import type { By } from './evidence.ts'
import type { SentNotice } from './notice-view.ts'
import type { RuleItem, RuleRun, RuleSlot } from './run-facts.ts'

/** An item with what only screens need of it. */
export type BoardItem = RuleItem & {
  detail: string | null
  commands: string | null
  factKey: string | null
  probe: ProbeConfig | null
  seq: number
}

/** `looks`: how many of its window were taken; null or absent before the first. A window that waits for its next look is running. */
export type ActiveAttempt = {
  id: string
  itemId: string
  state: 'queued' | 'running'
  since: number
  looks?: number | null
}

/** Bodies of free texts by id; null where a text was erased. */
export type Texts = Readonly<Record<string, string | null>>

export type BoardRun = {
  service: { slug: string; name: string }
  environment: { slug: string; name: string }
  number: number
  changeTicket: string | null
  template: { slug: string; name: string; number: number }
  revision: number
  openedBy: By
  openedAt: number
  startedAt: number | null
  deployedAt: number | null
  rollbackAt: number | null
  endedAt: number | null
  reasonId: string | null
  sample: boolean
  /** Run fact key → answer. */
  answers: Readonly<Record<string, boolean | null>>
}

export type BoardEvent = {
  seq: number
  at: number
  action: string
  who: string
  data: Readonly<Record<string, unknown>>
}

/**
 * One run as the database has it at one moment, the same for every viewer: the live stream reads it once an instance
 * and derives each viewer's board from it. Times are milliseconds.
 */
export type BoardSnapshot = {
  teamId: string
  now: number
  seq: number
  run: RuleRun & BoardRun
  sections: { key: string; title: string; path: string[]; stage: Stage }[]
  triggers: { key: string; text: string; sectionKey: string }[]
  facts: { key: string; question: string; itemKeys: string[] }[]
  items: BoardItem[]
  slots: RuleSlot[]
  texts: Texts
  /** Role → active members who hold it. */
  holders: Readonly<Record<string, { memberId: string; name: string }[]>>
  events: BoardEvent[]
  presence: { memberId: string; name: string; itemKey: string | null }[]
  attempts: ActiveAttempt[]
  /** Item id → the notice that stands at it. */
  notices: Readonly<Record<string, SentNotice>>
}

/** How long a page may be silent before it no longer counts as here. */
export const PRESENCE_MS = 8_000

export type SignedSlot = {
  role: string
  memberId: string
  name: string
  decision: Decision
  staleReason: string | null
}
export type RunIdentity = { id: string; state: RunState }
