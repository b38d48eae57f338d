import type { Who } from './cast.ts'

/** One thing that somebody does in a run. `item`: the beginning of the item's text. */
export type Act = { at: Date; who: Who } & Deed

export type Deed =
  | { deed: 'tick'; item: string; note?: string | undefined }
  | { deed: 'untick'; item: string; reason: string }
  | { deed: 'fail'; item: string; reason: string }
  | { deed: 'notApplicable'; item: string; reason: string }
  | { deed: 'verify'; item: string }
  | { deed: 'witness'; item: string }
  | { deed: 'note'; item: string; note: string }
  | { deed: 'probe'; keys: 'all' | 'failing'; broken: readonly string[] }
  | { deed: 'sign'; role: string }
  | { deed: 'start' }
  | { deed: 'deployed' }
  | { deed: 'rollBack'; reason: string }
  | { deed: 'finishRollback' }
  | { deed: 'abort'; reason: string }
  | { deed: 'close' }

/** A run as it is to be written: how it was opened, and what was done in it, in the order of time. */
export type Story = {
  version: string
  ticket: string
  environment: 'staging' | 'production'
  openedAt: Date
  window: { start: Date; end: Date } | null
  /** Questions answered with yes, and those left open; the others are answered with no. */
  yes: readonly string[]
  unanswered: readonly string[]
  acts: readonly Act[]
}
