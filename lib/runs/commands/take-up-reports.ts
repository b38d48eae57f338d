import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { reportFactsSchema } from '#lib/probes/reports/facts.ts'
import type { Tx } from '#lib/server/db.ts'
import { Prisma } from '#prisma/generated/client.ts'
import { KEPT } from '../decide-keep.ts'
import { decideTakeUp, type TakeUpChange, type TakeUpFacts } from '../decide-take-up.ts'
import type { ReportRecord } from '../pushed-report.ts'
import { ruleRun } from '../rows.ts'
import { countActive } from './count-active.ts'
import { weighEvidence } from './evidence-bytes.ts'
import { lockRunById } from './load-run.ts'
import { loadWaiting, startAttempts } from './pushed-attempts.ts'
import { TOOL_OF_KEPT, TOOL_OF_TAKEN } from './report-tool.ts'

/** Of a run `r` and a report `k` that waits: it is of the commit that the run has now, and the run has none as new. */
export const WAITS_FOR_RUN = Prisma.sql`
  k.team_id = r.team_id AND k.environment_id = r.environment_id AND k.at > clock_timestamp() - make_interval(days => ${KEPT.days}::int)
  AND left(lower(k.commit), 7) = left(lower(r.commit), 7)
  AND NOT EXISTS (
    SELECT FROM run_report p WHERE p.run_id = r.id AND p.meaning = k.meaning AND p.name IS NOT DISTINCT FROM k.name
      AND ${TOOL_OF_TAKEN} IS NOT DISTINCT FROM ${TOOL_OF_KEPT}
      AND left(lower(p.commit), 7) = left(lower(r.commit), 7) AND p.at >= k.at)`

/** What waits for the commit that the run has now; what the run took up before is told by its time and content. */
async function loadKept({ tx, runId }: { tx: Tx; runId: string }): Promise<ReportRecord[]> {
  const rows = await tx.$queryRaw<ReportRecord[]>`
    SELECT k.id, k.team_id AS "teamId", k.name, k.format, k.meaning, k.commit, k.file_id AS "fileId", k.sha256, k.bytes, k.facts,
           k.token_id AS "tokenId", k.by_name AS "byName", k.at
    FROM run r JOIN kept_report k ON ${WAITS_FOR_RUN}
    WHERE r.id = ${runId}::uuid
    ORDER BY k.at DESC, k.id DESC`
  return rows.map((row) => ({ ...row, facts: reportFactsSchema.parse(row.facts) }))
}

/** A run was opened, or is of another commit now: what waited for it becomes its own. */
export const takeUpReports = command({
  name: 'run.takeUpReports',
  scope: 'team',
  input: z.object({ team: z.string(), runId: z.uuid() }),
  facts: async (tx, { runId }, actor): Promise<TakeUpFacts | null> => {
    const teamId = actor.kind === 'system' ? actor.team?.id : undefined
    const run = teamId === undefined ? null : await lockRunById({ tx, teamId, runId })
    if (teamId === undefined || !run) return null
    const { evidenceBytes } = await weighEvidence({ tx, runId, sha256: null })
    return {
      stream: runId,
      teamId,
      run: ruleRun(run),
      kept: await loadKept({ tx, runId }),
      items: await loadWaiting({ tx, runId, kind: 'report' }),
      evidenceBytes,
      teamActive: await countActive({ tx, teamId }),
    }
  },
  decide: decideTakeUp,
  apply: async (tx, { reports, ...started }: TakeUpChange) => {
    await tx.runReport.createMany({
      data: reports.map((one) => ({ ...one, facts: one.facts as unknown as Prisma.InputJsonValue })),
    })
    await startAttempts(tx, started)
  },
})
