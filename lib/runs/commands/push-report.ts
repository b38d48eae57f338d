import { z } from 'zod'
import type { Actor, TokenActor } from '#lib/access/actor.ts'
import { command } from '#lib/door/command.ts'
import { isReportName } from '#lib/probes/kinds/report.ts'
import { reportFactsSchema } from '#lib/probes/reports/facts.ts'
import { FORMAT_NAMES, FORMATS } from '#lib/probes/reports/formats.ts'
import type { Tx } from '#lib/server/db.ts'
import type { Prisma } from '#prisma/generated/client.ts'
import {
  decidePushReport,
  type LiveRunFacts,
  type PushReportChange,
  type PushReportFacts,
} from '../decide-report.ts'
import { releaseFields } from '../open-input.ts'
import { ruleRun } from '../rows.ts'
import { countActive } from './count-active.ts'
import { weighEvidence } from './evidence-bytes.ts'
import { lockPlace } from './lock-place.ts'
import { loadWaiting, startAttempts } from './pushed-attempts.ts'

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

async function newestOf({
  tx,
  runId,
  input,
}: {
  tx: Tx
  runId: string
  input: Input
}): Promise<LiveRunFacts['newest']> {
  const row = await tx.runReport.findFirst({
    where: { runId, name: input.name, meaning: FORMATS[input.format].meaning },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    select: { id: true, sha256: true, commit: true },
  })
  return row && { reportId: row.id, sha256: row.sha256, commit: row.commit }
}

async function load(tx: Tx, input: Input, actor: Actor & TokenActor): Promise<PushReportFacts | null> {
  const found = await lockPlace({ tx, actor, place: input })
  if (!found) return null
  const { teamId, row } = found
  const facts = {
    teamId,
    place: { service: input.service, environment: input.environment },
    token: { id: actor.tokenId, name: actor.name, runId: actor.runId },
  }
  if (row === null) return { ...facts, stream: actor.team.streamId, live: null }
  return {
    ...facts,
    stream: row.id,
    live: {
      run: ruleRun(row),
      number: row.number,
      items: await loadWaiting({ tx, runId: row.id, kind: 'report' }),
      newest: await newestOf({ tx, runId: row.id, input }),
      ...(await weighEvidence({ tx, runId: row.id, sha256: input.file.sha256 })),
      teamActive: await countActive({ tx, teamId }),
    },
  }
}

/** A pipeline hands in a report that it has pushed, read and kept already. */
export const pushReport = command({
  name: 'run.pushReport',
  scope: 'team',
  input: pushReportInput,
  facts: async (tx, input, actor): Promise<PushReportFacts | null> =>
    actor.kind === 'token' ? load(tx, input, actor) : null,
  decide: decidePushReport,
  apply: async (tx, { report, ...started }: PushReportChange) => {
    await tx.runReport.create({
      data: { ...report, facts: report.facts as unknown as Prisma.InputJsonValue },
      select: { id: true },
    })
    await startAttempts(tx, { ...report, ...started })
  },
})
