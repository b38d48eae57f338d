import { runCommand } from '#lib/door/run-command.ts'
import { givenUp } from '#lib/probes/channels/given-up.ts'
import { probeConfigSchema } from '#lib/probes/config.ts'
import { hint } from '#lib/server/live-hint.ts'
import { log } from '#lib/server/log.ts'
import { recordObservation } from '../commands/record-observation.ts'
import { cancelOfEndedRuns, claimLost, endLost, type LostAttempt, STRIKES_MOST } from './attempts.ts'
import { COUNTERSIGN, looksSchema } from './run-attempt.ts'

/** Why the run keeps nothing of it, though it was given up; null where it is kept. */
async function keep({ id, fence, team, probe, looks }: LostAttempt): Promise<string | null> {
  const config = probeConfigSchema.safeParse(probe)
  // What cannot be read cannot be judged either; it may be what took the workers down.
  if (!config.success) return 'its configuration cannot be read'
  const observation = givenUp({
    config: config.data,
    at: new Date(),
    workers: STRIKES_MOST,
    looks: looksSchema.parse(looks) ?? [],
  })
  const result = await runCommand(recordObservation, {
    principal: COUNTERSIGN,
    input: { team, attemptId: id, fence, observation },
  })
  return result.ok ? null : result.refusal.message
}

/** A person has to see it where they look: it becomes the item's next piece of evidence, as any other error does. */
async function giveUp(attempt: LostAttempt): Promise<void> {
  const { id, runId } = attempt
  const notKept = await keep(attempt)
  log().error({ attempt: id, runId, notKept }, 'probe: given up, as every worker that took it was lost')
  if (notKept === null) return
  await endLost(attempt)
  hint(runId)
}

/** Gives up attempts that outlived every worker which took them, and ends those of runs that are over. */
export async function sweepAttempts(): Promise<void> {
  for (const runId of await cancelOfEndedRuns()) hint(runId)
  // Its lease runs out, and the next sweep tries again.
  for (const attempt of await claimLost())
    await giveUp(attempt).catch((error) =>
      log().error({ err: error, attempt: attempt.id }, 'probe: what was given up could not be written down'),
    )
}
