import type { ReportFacts } from './facts.ts'
import type { ReportFormat } from './formats.ts'
import type { JsonList, JsonObject } from './json.ts'

/** One format of JSON: how it is known, and what it says. */
export interface JsonFormat {
  readonly format: ReportFormat
  isThis(root: JsonObject | JsonList): boolean
  /** Throws Misshapen. */
  read(root: JsonObject | JsonList): ReportFacts
}
