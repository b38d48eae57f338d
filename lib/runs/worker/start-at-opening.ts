import { runCommand } from '#lib/door/run-command.ts'
import { db } from '#lib/server/db.ts'
import { log } from '#lib/server/log.ts'
import type { OutboxEvent } from '#lib/server/outbox.ts'
import { startProbes } from '../commands/start-probes.ts'
import { takeUpReports } from '../commands/take-up-reports.ts'
import { COUNTERSIGN } from './run-attempt.ts'

type Line = { stream: string; at: number; action: string; data: { runId?: string } }
type Opening = { runId: string; seq: number; at: number; cause: 'opening' | 'stage' | 'correction' }

/** A sample team's history is written with past dates, and today's answers do not belong into it. */
const PRESENT_MS = 60_000

/** What follows the deployment or the rollback is open from these lines on; all else is open with the run. */
const STAGES = ['run.deployed', 'run.rollback_started']
const CORRECTED = 'run.release_corrected'
const NAMED = [...STAGES, CORRECTED, 'run.opened'].map((action) => `"${action}"`)

/** That a run was opened stands in the run's own log and in the team's; the run's own is the one that counts. */
function openingOf({ canonical, stream, seq }: OutboxEvent): Opening | null {
  if (!NAMED.some((action) => canonical.includes(action))) return null
  const { action, at, data } = JSON.parse(canonical) as Line
  if (STAGES.includes(action)) return { runId: stream, seq, at, cause: 'stage' }
  if (action === CORRECTED) return { runId: stream, seq, at, cause: 'correction' }
  return action === 'run.opened' && data.runId === stream
    ? { runId: stream, seq, at, cause: 'opening' }
    : null
}

async function startAll({ runId, seq, at, cause }: Opening): Promise<void> {
  const rows = await db().$queryRaw<{ sample: boolean; team: string; service: string; number: number }[]>`
    SELECT t.sample, t.slug AS team, s.slug AS service, r.number FROM run r JOIN team t ON t.id = r.team_id JOIN service s ON s.id = r.service_id
    WHERE r.id = ${runId}::uuid`
  const [found] = rows
  if (!found || (found.sample && Date.now() - at > PRESENT_MS)) return
  const { sample: _, ...address } = found
  // First, so that the probes of a new run find what was pushed before it was open.
  if (cause !== 'stage')
    await runCommand(takeUpReports, { principal: COUNTERSIGN, input: { team: address.team, runId } })
  // What a correction made void is looked at when somebody asks, or when what it waits for is pushed.
  if (cause === 'correction') return
  // The key makes a second delivery of the same line harmless.
  await runCommand(startProbes, {
    principal: COUNTERSIGN,
    input: { ...address, keys: 'all', cause },
    idempotencyKey: `opened:${runId}:${seq}`,
  })
}

/** Machines go first: every run and stage that was opened, by whatever way, takes up what was pushed and has its probes started. */
export async function startAtOpening(events: readonly OutboxEvent[]): Promise<void> {
  for (const event of events) {
    const opening = openingOf(event)
    if (opening === null) continue
    // A person can start them too; the log's lines must not wait for this.
    await startAll(opening).catch((error) =>
      log().error({ err: error, runId: opening.runId }, 'probes were not started'),
    )
  }
}
