import { readFileSync } from 'node:fs'
import { parseProbe } from '#lib/probes/annotation.ts'
import { judge } from '#lib/probes/judge.ts'
import { observationSchema } from '#lib/probes/observation.ts'
import { observedReport } from '#lib/probes/pushed.ts'
import type { FactsOf, ReportFacts } from '#lib/probes/reports/facts.ts'
import type { Meaning, ReportFormat } from '#lib/probes/reports/formats.ts'
import { type ReadReport, readReport } from '#lib/probes/reports/read-report.ts'
import { canonical } from '#lib/shared/canonical.ts'

/** A file as a tool wrote it. */
export function sample(name: string): string {
  return readFileSync(new URL(`./samples/${name}`, import.meta.url), 'utf8')
}

export const bytesOf = (text: string) => new TextEncoder().encode(text)

export function read(text: string, format: ReportFormat | null = null): Promise<ReadReport> {
  return readReport({ chunks: [bytesOf(text)], format })
}

export async function factsOf<M extends Meaning>(meaning: M, text: string): Promise<FactsOf<M>> {
  const found = await read(text)
  if (!found.ok) throw new Error(`${found.problem.message} at ${found.problem.line}:${found.problem.column}`)
  if (found.facts.meaning !== meaning) throw new Error(`says ${found.facts.meaning}`)
  return found.facts as FactsOf<M>
}

export async function problemOf(text: string, format: ReportFormat | null = null) {
  const found = await read(text, format)
  if (found.ok) throw new Error(`read as ${found.format}`)
  return found.problem
}

const PUSHED = {
  name: null,
  commit: 'c'.repeat(40),
  digest: 'd'.repeat(64),
  bytes: 1000,
  pushedAt: '2026-02-03T04:05:06.000Z',
  pushedBy: 'CI',
}

/** Judges facts by the conditions of a probe, of their meaning unless another is said, from what would be stored. */
export function judgeFacts(
  conditions: string,
  facts: ReportFacts,
  format: ReportFormat = 'junit',
  meaning: Meaning = facts.meaning,
) {
  const parsed = parseProbe(`report ${meaning} ${conditions}`)
  if (!parsed.ok || parsed.config.kind !== 'report') throw new Error(`not a report: ${conditions}`)
  const seen = observedReport({
    config: parsed.config,
    at: '2026-02-03T04:06:00.000Z',
    report: { ...PUSHED, format, facts },
  })
  return judge(parsed.config, observationSchema.parse(JSON.parse(canonical(seen))))
}
