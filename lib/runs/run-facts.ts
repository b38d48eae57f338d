import type { Decision, Grade, RunState, Stage } from '#lib/shared/codes.ts'
import type { NoticeConfig } from '#lib/templates/notice.ts'
import type { Author } from './author.ts'
import type { ItemFold } from './fold.ts'

/** An item or a command step of a run as the rules see it. */
export type RuleItem = {
  id: string
  key: string
  kind: 'item' | 'step'
  ordinal: number
  sectionKey: string
  stage: Stage
  text: string
  required: boolean
  ownerRole: string | null
  minGrade: Grade
  /** How long what a machine saw counts, and people's claims where they have no shelf life of their own. Null: for the whole run. */
  shelfLifeSeconds: number | null
  claimShelfSeconds?: number | null
  needsNote: boolean
  /** Of the probe that counts; null where there is none, or only one in shadow. */
  probeHash: string | null
  shadowHash?: string | null
  /** Who is told and acknowledges; read where an item is acted on or shown, absent elsewhere. */
  notice?: NoticeConfig | null
  version: number
  fold: ItemFold
}

export type Release = { version: string; commit: string; artifactDigest: string | null }

export type RuleRun = {
  id: string
  state: RunState
  release: Release
  /** Who wrote the commit, as far as somebody said so. */
  author: Author | null
  templateHash: string
  windowStart: number | null
  windowEnd: number | null
}

export type RuleSlot = {
  role: string
  /** Keys of the items in scope. */
  scope: string[]
  standing: RuleSignoff | null
}

/** The standing sign-off of a slot. `holdsRole`: the signer is still an active member who holds the role. */
export type RuleSignoff = {
  memberId: string
  name: string
  decision: Decision
  signedAt: number
  staleReason: string | null
  /** Id of the written reason; read for the board alone. */
  reasonId?: string | null
  manifestHash: string
  scopeDigest: string
  holdsRole: boolean
}
