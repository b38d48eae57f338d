import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import {
  decideStartWaiting,
  type StartWaitingChange,
  type StartWaitingFacts,
} from '../decide-start-waiting.ts'
import { ruleRun } from '../rows.ts'
import { countActive } from './count-active.ts'
import { lockRunById } from './load-run.ts'
import { loadWaiting, startAttempts } from './pushed-attempts.ts'

/** A heartbeat came: the items of a live run that wait for it are looked at. */
export const startWaiting = command({
  name: 'run.startWaiting',
  scope: 'team',
  input: z.object({ team: z.string(), runId: z.uuid(), heartbeat: z.string() }),
  facts: async (tx, { runId, heartbeat }, actor): Promise<StartWaitingFacts | null> => {
    const teamId = actor.kind === 'system' ? actor.team?.id : undefined
    if (teamId === undefined) return null
    const run = await lockRunById({ tx, teamId, runId })
    if (!run) return null
    const waiting = await loadWaiting({ tx, runId, kind: 'heartbeat' })
    return {
      stream: runId,
      teamId,
      run: ruleRun(run),
      items: waiting.filter(({ probe }) => probe.kind === 'heartbeat' && probe.name === heartbeat),
      teamActive: await countActive({ tx, teamId }),
    }
  },
  decide: decideStartWaiting,
  apply: (tx, change: StartWaitingChange) => startAttempts(tx, change),
})
