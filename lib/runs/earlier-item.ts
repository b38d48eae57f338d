import type { Grade, ItemState } from '#lib/shared/codes.ts'

/** What became of the same item in an earlier run of the same service; times are milliseconds. */
export type EarlierItem = {
  number: number
  version: string
  environment: string
  /** Its words then. */
  text: string
  state: ItemState
  grade: Grade
  /** The last thing that happened at it; null where nothing did. */
  last: { by: string; at: number } | null
}

/** `team` and `service` for links. */
export type EarlierItems = { team: string; service: string; rows: EarlierItem[] }
