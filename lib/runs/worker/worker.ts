import { keepHouse } from '#lib/server/housekeeping.ts'
import { drainOutbox, writeAuditLines } from '#lib/server/outbox.ts'
import { startProbeWorker } from './probe-worker.ts'
import { repeat } from './repeat.ts'
import { repeatProbes } from './repeat-probes.ts'
import { startAtOpening } from './start-at-opening.ts'
import { sweepAttempts } from './sweep-attempts.ts'
import { sweepEndedAttempts, sweepObservations } from './sweep-observations.ts'
import { takeUpMissed } from './take-up-missed.ts'

const OUTBOX_MS = 400
const SWEEP_MS = 5_000
const REPEAT_MS = 5_000
const MISSED_MS = 30_000
const HOUSE_MS = 600_000

async function drain(): Promise<void> {
  const deliver = async (events: Parameters<typeof writeAuditLines>[0]) => {
    writeAuditLines(events)
    await startAtOpening(events)
  }
  while ((await drainOutbox(deliver)) > 0);
}

/** All that works beside the server: probes, the log's outgoing lines, housekeeping. Any number may share one database. */
export function startWorker(): { stop: () => Promise<void> } {
  const probes = startProbeWorker()
  const rounds = [
    repeat({ name: 'outbox', work: drain, everyMs: OUTBOX_MS }),
    repeat({ name: 'lost attempts', work: sweepAttempts, everyMs: SWEEP_MS }),
    repeat({ name: 'repeated probes', work: repeatProbes, everyMs: REPEAT_MS }),
    repeat({ name: 'waiting reports', work: takeUpMissed, everyMs: MISSED_MS }),
    repeat({ name: 'housekeeping', work: keepHouse, everyMs: HOUSE_MS }),
    repeat({ name: 'old attempts', work: sweepEndedAttempts, everyMs: HOUSE_MS }),
    repeat({
      name: 'old looks',
      work: async () => {
        await sweepObservations()
      },
      everyMs: HOUSE_MS,
    }),
  ]
  return {
    stop: async () => {
      await Promise.all([probes.stop(), ...rounds.map((round) => round.stop())])
    },
  }
}
