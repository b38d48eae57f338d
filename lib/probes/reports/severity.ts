import { canonicalDecimal, compareDecimals } from '../decimals.ts'
import { type Finding, SEVERITIES, type Severity, type SeverityCounts } from './facts.ts'
import { REPORT_LIMITS } from './limits.ts'

/** The words of all tools. What is not here is not rated. */
const WORDS: Readonly<Record<string, Severity>> = {
  critical: 'critical',
  high: 'high',
  important: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
  info: 'info',
  informational: 'info',
  negligible: 'info',
  none: 'info',
}

export function severityOf(word: string | null): Severity {
  const known = (word ?? '').toLowerCase()
  return Object.hasOwn(WORDS, known) ? (WORDS[known] ?? 'unknown') : 'unknown'
}

/**
 * A CVSS score as a word: the bands of CVSS 3.1, section 5 (9.0 critical, 7.0 high, 4.0 medium, above 0 low), which GitHub uses for
 * `security-severity` too. Null for what is no score from 0 to 10.
 */
export function severityOfScore(text: string | null): Severity | null {
  const score = text === null ? null : canonicalDecimal(text)
  if (score === null || compareDecimals(score, '0') < 0 || compareDecimals(score, '10') > 0) return null
  if (compareDecimals(score, '9') >= 0) return 'critical'
  if (compareDecimals(score, '7') >= 0) return 'high'
  if (compareDecimals(score, '4') >= 0) return 'medium'
  return compareDecimals(score, '0') > 0 ? 'low' : 'info'
}

export function worst(severities: readonly Severity[]): Severity {
  return SEVERITIES.find((severity) => severities.includes(severity)) ?? 'unknown'
}

/** Counts findings, and keeps the worst of them: of equal ones the first. */
export class Tally {
  readonly counts: SeverityCounts = { critical: 0, high: 0, medium: 0, low: 0, info: 0, unknown: 0 }
  private readonly kept = new Map<Severity, Finding[]>()

  count(severity: Severity): void {
    this.counts[severity]++
  }

  add(finding: Finding): void {
    this.count(finding.severity)
    const same = this.kept.get(finding.severity) ?? []
    if (same.length < REPORT_LIMITS.kept) this.kept.set(finding.severity, [...same, finding])
  }

  first(): Finding[] {
    return SEVERITIES.flatMap((severity) => this.kept.get(severity) ?? []).slice(0, REPORT_LIMITS.kept)
  }
}
