import { z } from 'zod'
import type { Actor, TokenActor } from '#lib/access/actor.ts'
import { command } from '#lib/door/command.ts'
import { isReportName } from '#lib/probes/kinds/report.ts'
import { reportFactsSchema } from '#lib/probes/reports/facts.ts'
import { FORMAT_NAMES, FORMATS } from '#lib/probes/reports/formats.ts'
import type { Tx } from '#lib/server/db.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import { KEPT, type KeptReport } from '../decide-keep.ts'
import { decidePushReport, type PushReportChange, type PushReportFacts } from '../decide-report.ts'
import { releaseFields } from '../open-input.ts'
import type { NewestReport } from '../pushed-report.ts'
import { ruleRun } from '../rows.ts'
import { isSameCommit } from '../same-commit.ts'
import { countActive } from './count-active.ts'
import { weighEvidence } from './evidence-bytes.ts'
import { lockPlace } from './lock-place.ts'
import { loadWaiting, startAttempts } from './pushed-attempts.ts'
import { TOOL_OF_KEPT, TOOL_OF_TAKEN, toolAsked } from './report-tool.ts'

const place = { service: z.string(), environment: z.string() }

export const pushReportInput = z.object({
  team: z.string(),
  ...place,
  /** Number of the run, for who wants to be sure. */
  run: z.int().positive().nullable(),
  commit: releaseFields.commit,
  name: z
    .string()
    .refine(isReportName, 'A name is 1 to 64 characters, without a blank at its ends.')
    .nullable(),
  format: z.enum(FORMAT_NAMES),
  facts: reportFactsSchema,
  file: z.object({ fileId: z.uuid(), sha256: z.string(), bytes: z.int() }),
})
type Input = z.infer<typeof pushReportInput>

/** The newest of the name and meaning, and of findings of the tool: among the reports of the live run, and among those that wait for the commit. */
async function newestOf({
  tx,
  runId,
  environmentId,
  input,
}: {
  tx: Tx
  runId: string | null
  environmentId: string
  input: Input
}) {
  const { meaning } = FORMATS[input.format]
  const tool = toolAsked(input)
  const rows = await tx.$queryRaw<(NewestReport & { kept: boolean })[]>`
    (SELECT p.id AS "reportId", p.sha256, p.commit, p.at, p.facts, false AS kept FROM run_report p
     WHERE p.run_id = ${runId}::uuid AND p.meaning = ${meaning} AND p.name IS NOT DISTINCT FROM ${input.name}::text
       AND ${TOOL_OF_TAKEN} IS NOT DISTINCT FROM ${tool}
     ORDER BY p.at DESC, p.id DESC LIMIT 1)
    UNION ALL
    (SELECT k.id, k.sha256, k.commit, k.at, k.facts, true FROM kept_report k
     WHERE k.environment_id = ${environmentId}::uuid AND k.meaning = ${meaning} AND k.name IS NOT DISTINCT FROM ${input.name}::text
       AND ${TOOL_OF_KEPT} IS NOT DISTINCT FROM ${tool}
       AND k.at > clock_timestamp() - make_interval(days => ${KEPT.days}::int) AND left(lower(k.commit), 7) = left(lower(${input.commit}::text), 7)
     ORDER BY k.at DESC, k.id DESC LIMIT 1)`
  const newest = (kept: boolean) => {
    const row = rows.find((one) => one.kept === kept)
    return row === undefined ? null : { ...row, facts: reportFactsSchema.parse(row.facts) }
  }
  return { newest: newest(false), newestKept: newest(true) }
}

async function load(tx: Tx, input: Input, actor: Actor & TokenActor): Promise<PushReportFacts | null> {
  const found = await lockPlace({ tx, actor, place: input })
  if (!found) return null
  const { teamId, environmentId, row } = found
  const runId = row?.id ?? null
  const { newest, newestKept } = await newestOf({ tx, runId, environmentId, input })
  const { streamId: teamStream } = actor.team
  const isTaken = row !== null && isSameCommit(row.commit, input.commit)
  const facts = {
    // What a run has is a line of its log, and what no run has one of the team's.
    stream: isTaken ? row.id : teamStream,
    teamId,
    place: { service: input.service, environment: input.environment, environmentId },
    token: { id: actor.tokenId, name: actor.name, runId: actor.runId },
    newestKept,
  }
  if (row === null) return { ...facts, live: null }
  return {
    ...facts,
    live: {
      run: ruleRun(row),
      number: row.number,
      items: await loadWaiting({ tx, runId: row.id, kind: 'report' }),
      newest,
      ...(await weighEvidence({ tx, runId: row.id, sha256: input.file.sha256 })),
      teamActive: await countActive({ tx, teamId }),
    },
  }
}

/** Writes down what waits; the oldest of the environment makes way. */
async function keep(tx: Tx, { facts, ...kept }: KeptReport): Promise<void> {
  const data = { ...kept, facts: facts as unknown as Prisma.InputJsonValue }
  await tx.keptReport.create({ data, select: { id: true } })
  await tx.$executeRaw`
    DELETE FROM kept_report WHERE id IN (
      SELECT id FROM (
        SELECT id, row_number() OVER newest AS n, sum(bytes) OVER newest AS total FROM kept_report
        WHERE environment_id = ${kept.environmentId}::uuid WINDOW newest AS (ORDER BY at DESC, id DESC)) k
      WHERE n > ${KEPT.reports}::int OR total > ${KEPT.bytes}::bigint)`
}

/** A pipeline hands in a report that it has pushed, read and kept already. */
export const pushReport = command({
  name: 'run.pushReport',
  scope: 'team',
  input: pushReportInput,
  facts: async (tx, input, actor): Promise<PushReportFacts | null> =>
    actor.kind === 'token' ? load(tx, input, actor) : null,
  decide: decidePushReport,
  apply: async (tx, change: PushReportChange) => {
    if ('kept' in change) return keep(tx, change.kept)
    const { report, started } = change
    const data = { ...report, facts: report.facts as unknown as Prisma.InputJsonValue }
    await tx.runReport.create({ data, select: { id: true } })
    await startAttempts(tx, { ...report, ...started })
  },
})
