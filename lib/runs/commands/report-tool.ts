import type { ReportFacts } from '#lib/probes/reports/facts.ts'
import type { ReportFormat } from '#lib/probes/reports/formats.ts'
import { toolKey } from '#lib/probes/reports/tool.ts'
import { Prisma } from '#prisma/generated/client.ts'

const TOOL_OF = (table: string) => `
  CASE WHEN ${table}.meaning = 'findings' THEN jsonb_build_array(
    ${table}.format, CASE WHEN ${table}.format = 'sarif' THEN coalesce(${table}.facts -> 'tools', ${table}.facts -> 'tool') END) END`

/** `toolKey` of a record of `run_report` that a query calls `p`, and of `kept_report` that it calls `k`. */
export const TOOL_OF_TAKEN = Prisma.raw(TOOL_OF('p'))
export const TOOL_OF_KEPT = Prisma.raw(TOOL_OF('k'))

/** The same of a report that comes in, to compare them with. */
export function toolAsked(report: { format: ReportFormat; facts: ReportFacts }): Prisma.Sql {
  const key = toolKey(report)
  return Prisma.sql`${key === null ? null : JSON.stringify(key)}::jsonb`
}
