import type { ReportFacts } from '#lib/probes/reports/facts.ts'
import type { ReportFormat } from '#lib/probes/reports/formats.ts'
import { canonical } from '#lib/shared/canonical.ts'
import { sha256Hex } from '#lib/shared/digest.ts'
import type { Json } from '#lib/shared/result.ts'

export type ReportPlace = { service: string; environment: string }

/** What a pipeline says of a report that was read and kept already. */
export type PushReportInput = ReportPlace & {
  run: number | null
  commit: string
  name: string | null
  format: ReportFormat
  facts: ReportFacts
  file: { fileId: string; sha256: string; bytes: number }
}

/** A report as it is written down, whether a run has it or it waits for one. */
export type ReportRecord = {
  id: string
  teamId: string
  name: string | null
  format: ReportFormat
  meaning: string
  commit: string
  fileId: string
  sha256: string
  bytes: number
  facts: ReportFacts
  tokenId: string
  byName: string
  /** When it was pushed. */
  at: Date
}

/** The newest report of one name and meaning, as far as it tells whether another one is new, and what that takes the place of. */
export type NewestReport = { reportId: string; sha256: string; commit: string; at: Date; facts: ReportFacts }

/** What the log says of a report. */
export function reportSaid({ id, name, format, commit, sha256, bytes, facts }: Omit<ReportRecord, 'teamId'>) {
  const factsHash = sha256Hex(canonical(facts as unknown as Json))
  return { reportId: id, name, format, commit, sha256, bytes, factsHash }
}
