import { runCommand } from '#lib/door/run-command.ts'
import { db } from '#lib/server/db.ts'
import { log } from '#lib/server/log.ts'
import type { OutboxEvent } from '#lib/server/outbox.ts'
import { startProbes } from '../commands/start-probes.ts'
import { COUNTERSIGN } from './run-attempt.ts'

type Opened = { stream: string; at: number; action: string; data: { runId: string; sample: boolean } }

/** A sample team's history is written with past dates, and today's answers do not belong into it. */
const PRESENT_MS = 60_000

/** The line stands in the run's own log and in the team's; the run's own is the one that counts. */
function openedRun({ canonical, stream }: OutboxEvent): string | null {
  if (!canonical.includes('"run.opened"')) return null
  const { action, at, data } = JSON.parse(canonical) as Opened
  if (action !== 'run.opened' || data.runId !== stream) return null
  return data.sample && Date.now() - at > PRESENT_MS ? null : data.runId
}

async function startAll(runId: string): Promise<void> {
  const rows = await db().$queryRaw<{ team: string; service: string; number: number }[]>`
    SELECT t.slug AS team, s.slug AS service, r.number FROM run r JOIN team t ON t.id = r.team_id JOIN service s ON s.id = r.service_id
    WHERE r.id = ${runId}::uuid`
  const address = rows[0]
  if (!address) return
  // The key makes a second delivery of the same line harmless.
  await runCommand(startProbes, {
    principal: COUNTERSIGN,
    input: { ...address, keys: 'all', cause: 'opening' },
    idempotencyKey: `opened:${runId}`,
  })
}

/** Machines go first: every run that was opened, by whatever way, has its probes started. */
export async function startAtOpening(events: readonly OutboxEvent[]): Promise<void> {
  for (const event of events) {
    const runId = openedRun(event)
    if (runId === null) continue
    // A person can start them too; the log's lines must not wait for this.
    await startAll(runId).catch((error) => log().error({ err: error, runId }, 'probes were not started'))
  }
}
