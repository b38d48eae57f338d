import { z } from 'zod'
import { logLookBlocked } from '#lib/door/log-refusal.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { blocksOf, newestLook } from '#lib/probes/blocks.ts'
import { observeTurn, type Turn } from '#lib/probes/channels/observe.ts'
import { probeConfigSchema, variablesOf } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import { lookSchema, type Observation } from '#lib/probes/observation.ts'
import { isPulledConfig } from '#lib/probes/pushed.ts'
import { log } from '#lib/server/log.ts'
import { measureProbe } from '#lib/server/telemetry.ts'
import { openSecrets } from '#lib/services/worker/open-secrets.ts'
import { recordObservation } from '../commands/record-observation.ts'
import { runVariables } from '../run-variables.ts'
import { type Claimed, drop, putAside } from './attempts.ts'
import { observePushed } from './pushed.ts'

/** What the record shows as the author of what machines did. */
export const COUNTERSIGN = { kind: 'system', name: 'Countersign' } as const

const EXPECTED = ['attempt_over', 'not_wanted']

/** Of a window: its looks as stored; null where they cannot be read any more. */
export const looksSchema = z.array(lookSchema).nullable().catch(null)

/**
 * Looks, and hands in what was seen. Between two looks of a window it gives the attempt back and says when it is due again; else null.
 * After an abort nothing is handed in but what was blocked: whoever aborted has settled the attempt.
 */
export async function runAttempt({
  claimed,
  signal,
}: {
  claimed: Claimed
  signal: AbortSignal
}): Promise<{ nextMs: number } | null> {
  const { id, fence, runId, team, teamId, environmentId, environmentName, allowList } = claimed
  const config = probeConfigSchema.parse(claimed.probe)
  // Looks that cannot be read any more are taken again.
  const looks = looksSchema.parse(claimed.looks) ?? []
  const since = performance.now()
  const variables = { ...claimed.variables, ...runVariables(claimed) }
  const secrets = await openSecrets({ teamId, environmentId, names: variablesOf(config) })
  const turn: Turn = isPulledConfig(config)
    ? await observeTurn({ config, variables, secrets, environmentName, allowList, signal }, looks)
    : { over: true, observation: await observePushed({ runId, config }) }
  const logBlocks = (observation: Observation) =>
    logLookBlocked({ principal: COUNTERSIGN, team, environmentId, blocks: blocksOf(observation) })
  if (signal.aborted) {
    if (turn.over) await logBlocks(newestLook(turn.observation))
    return null
  }
  if (!turn.over) {
    await putAside({ id, fence }, turn)
    return { nextMs: turn.afterMs }
  }
  const { observation } = turn
  const { outcome, verdict } = judge(config, observation)
  measureProbe({ kind: config.kind, outcome, verdict, seconds: (performance.now() - since) / 1000 })
  const result = await runCommand(recordObservation, {
    principal: COUNTERSIGN,
    input: { team, attemptId: id, fence, observation },
  })
  if (result.ok) return null
  // The run keeps no look that nobody asks for any more; that an address was out of reach stays known.
  await logBlocks(observation)
  // Only this worker's own lease can still be ended; of one that was lost nothing is left to do.
  await drop({ id, fence })
  if (!EXPECTED.includes(result.refusal.code))
    log().error({ attempt: id, refusal: result.refusal }, 'probe: the result was refused')
  return null
}
