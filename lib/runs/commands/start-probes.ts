import { z } from 'zod'
import { mayDo } from '#lib/access/policy.ts'
import { command } from '#lib/door/command.ts'
import { isPushed, type Kind } from '#lib/probes/kinds.ts'
import type { Tx } from '#lib/server/db.ts'
import { wakeProbeWorkers } from '#lib/server/probe-queue.ts'
import { spend } from '#lib/server/rate-limit.ts'
import { ok, refuse } from '#lib/shared/result.ts'
import {
  CAUSES,
  decideStartProbes,
  type ProbeChoice,
  type ProbedItem,
  type StartProbesChange,
  type StartProbesFacts,
} from '../decide-probes.ts'
import { runAddress } from '../item-input.ts'
import { type ItemRow, ruleItem, ruleRun } from '../rows.ts'
import { countActive } from './count-active.ts'
import { lockRun } from './load-run.ts'

/** Keys of items as a page or a client names them. */
export const itemKeys = z.array(z.string().max(200)).min(1).max(2000)

const STARTS = { limit: 60, seconds: 60 }

async function loadItems({
  tx,
  runId,
  keys,
}: {
  tx: Tx
  runId: string
  keys: ProbeChoice
}): Promise<StartProbesFacts['items']> {
  const asked = typeof keys === 'string' ? [] : [...keys]
  const rows = await tx.$queryRaw<
    (ItemRow & Pick<ProbedItem, 'active' | 'lost'> & { probe_kind: Kind | null })[]
  >`
    SELECT i.id, i.key, i.kind, i.ordinal, i.section_key, i.stage, i.text, i.required, i.owner_role, i.min_grade,
           i.shelf_life_seconds, i.needs_note, i.probe_hash, i.shadow_hash, i.claim_shelf_seconds, i.version, i.fold,
           EXISTS (SELECT FROM probe_attempt a WHERE a.item_id = i.id AND a.state IN ('queued', 'running')) AS active,
           EXISTS (SELECT FROM probe_attempt a WHERE a.item_id = i.id AND a.state = 'lost' AND a.ended_at > clock_timestamp() - interval '1 hour') AS lost,
           i.probe ->> 'kind' AS probe_kind
    FROM run_item i WHERE i.run_id = ${runId}::uuid AND (i.probe_hash IS NOT NULL OR i.shadow_hash IS NOT NULL OR i.key = ANY(${asked}))
    ORDER BY i.ordinal`
  return rows.map((row) => ({
    ...ruleItem(row),
    active: row.active,
    lost: row.lost,
    pushed: row.probe_kind !== null && isPushed(row.probe_kind),
  }))
}

async function apply(
  tx: Tx,
  { teamId, runId, requestedBy, cause, at, attempts }: StartProbesChange,
): Promise<void> {
  await tx.probeAttempt.createMany({
    data: attempts.map((attempt) => ({
      ...attempt,
      teamId,
      runId,
      requestedBy,
      cause,
      requestedAt: at,
      state: 'queued',
    })),
  })
  await wakeProbeWorkers(tx)
}

/** Queues probes and returns; a worker runs them. */
export const startProbes = command({
  name: 'run.startProbes',
  scope: 'team',
  input: runAddress.extend({
    keys: z.union([itemKeys, z.literal(['all', 'failing'])]),
    /** Only the worker's own word is taken for it. */
    cause: z.enum(CAUSES).optional(),
  }),
  prepare: async (_input, actor) => {
    // Who may not start probes must not use up the starts of those who may.
    if (actor.kind !== 'person' || actor.team === null || mayDo({ actor, verb: 'run.startProbes' }) !== true)
      return ok(null)
    const spent = await spend({ key: `probes:${actor.team.id}`, window: STARTS })
    return spent.allowed
      ? ok(null)
      : refuse({
          code: 'too_often',
          message: `Probes were started ${STARTS.limit} times within a minute. Try again in ${spent.retryAfterSeconds} s.`,
        })
  },
  facts: async (tx, input, actor): Promise<StartProbesFacts | null> => {
    const run = await lockRun({ tx, actor, address: input })
    if (!run) return null
    return {
      stream: run.id,
      teamId: run.team_id,
      run: ruleRun(run),
      items: await loadItems({ tx, runId: run.id, keys: input.keys }),
      teamActive: await countActive({ tx, teamId: run.team_id }),
    }
  },
  decide: decideStartProbes,
  apply,
})
