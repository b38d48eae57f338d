import type { ReportFacts } from './facts.ts'
import type { ReportFormat } from './formats.ts'

/** Reads one file, piece by piece. Throws ReportError. */
export interface ReportReader {
  write(text: string): void
  end(): { format: ReportFormat; facts: ReportFacts }
}
