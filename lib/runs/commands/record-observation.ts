import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { probeConfigSchema } from '#lib/probes/config.ts'
import { observationSchema } from '#lib/probes/observation.ts'
import type { Tx } from '#lib/server/db.ts'
import { Prisma } from '#prisma/generated/client.ts'
import { decideObservation, type ObservationChange, type ObservationFacts } from '../decide-observation.ts'
import { type ItemRow, type RunRow, ruleItem, ruleRun } from '../rows.ts'
import { applyItems } from './apply-items.ts'

type Place = { tx: Tx; teamId: string; attemptId: string }
type Found = ItemRow & {
  probe: unknown
  covering: ObservationFacts['covering'] | null
  attempt_state: string
  attempt_fence: number
  attempt_repeat: boolean
}

async function lockRunOf({ tx, teamId, attemptId }: Place): Promise<RunRow | null> {
  const rows = await tx.$queryRaw<RunRow[]>`
    SELECT id, state, version, commit, artifact_digest, template_hash, window_start, window_end FROM run
    WHERE id = (SELECT run_id FROM probe_attempt WHERE id = ${attemptId}::uuid AND team_id = ${teamId}::uuid)
    FOR NO KEY UPDATE`
  return rows[0] ?? null
}

/** After the run's lock, so that it sees what was committed before; the attempt's own lock keeps a new claimant out. */
async function lockAttempt({ tx, teamId, attemptId }: Place): Promise<Found | null> {
  const rows = await tx.$queryRaw<Found[]>`
    SELECT i.id, i.key, i.kind, i.ordinal, i.section_key, i.stage, i.text, i.required, i.owner_role, i.min_grade,
           i.shelf_life_seconds, i.needs_note, i.probe_hash, i.shadow_hash, i.claim_shelf_seconds, i.version, i.fold, i.probe,
           a.state AS attempt_state, a.fence AS attempt_fence, coalesce(a.cause = 'schedule', false) AS attempt_repeat,
           (SELECT jsonb_agg(jsonb_build_object('role', so.role, 'memberId', so.member_id))
            FROM signoff so JOIN run_slot sl ON sl.run_id = so.run_id AND sl.role = so.role
            WHERE so.run_id = i.run_id AND so.superseded_at IS NULL AND so.stale_at IS NULL AND so.decision <> 'recuse'
              AND i.key = ANY(sl.scope)) AS covering
    FROM probe_attempt a JOIN run_item i ON i.id = a.item_id
    WHERE a.id = ${attemptId}::uuid AND a.team_id = ${teamId}::uuid FOR UPDATE OF a`
  return rows[0] ?? null
}

async function apply(tx: Tx, change: ObservationChange): Promise<void> {
  const { teamId, runId, itemId, attemptId, observationId, configHash, judgement, at } = change
  await applyItems(tx, change)
  await tx.observation.create({
    data: {
      id: observationId,
      teamId,
      runId,
      itemId,
      attemptId,
      configHash,
      config: change.config as unknown as Prisma.InputJsonValue,
      outcome: judgement.outcome,
      verdict: judgement.verdict,
      line: judgement.line,
      judgement: judgement as unknown as Prisma.InputJsonValue,
      observation: change.observation as unknown as Prisma.InputJsonValue,
      at,
      repeated: change.repeated,
    },
    select: { id: true },
  })
  await tx.probeAttempt.update({
    where: { id: attemptId },
    data: { state: change.attemptState, endedAt: at, leaseUntil: null, looks: Prisma.DbNull },
    select: { id: true },
  })
}

/** A worker hands in what it saw; the verdict is made here. `fence`: the one that the worker's lease was given. */
export const recordObservation = command({
  name: 'run.recordObservation',
  scope: 'team',
  input: z.object({
    team: z.string(),
    attemptId: z.uuid(),
    fence: z.int(),
    observation: observationSchema,
  }),
  facts: async (tx, { attemptId }, actor): Promise<ObservationFacts | null> => {
    const teamId = actor.kind === 'system' ? actor.team?.id : undefined
    if (teamId === undefined) return null
    const run = await lockRunOf({ tx, teamId, attemptId })
    const found = run && (await lockAttempt({ tx, teamId, attemptId }))
    if (!run || !found) return null
    return {
      stream: run.id,
      teamId,
      run: ruleRun(run),
      item: ruleItem(found),
      config: probeConfigSchema.parse(found.probe),
      covering: found.covering ?? [],
      attempt: {
        id: attemptId,
        state: found.attempt_state,
        fence: found.attempt_fence,
        isRepeat: found.attempt_repeat,
      },
    }
  },
  decide: decideObservation,
  apply,
})
