import type { HeartbeatObservation } from './observations/heartbeat.ts'
import { exactSize, readable, type Shown, type ShownFact } from './shown-fact.ts'

export function ofHeartbeat({ beat, error }: HeartbeatObservation): Shown {
  // Who did not come to look cannot say that there was none.
  if (beat === null)
    return { facts: error === null ? [{ term: 'Heartbeat', text: 'none has come' }] : [], blocks: [] }
  const said: [string, string | null][] = [
    ['Heartbeat', `${beat.name}, received ${readable(beat.receivedAt)} from ${beat.pushedBy}`],
    ['Status', beat.status],
    ['Began', readable(beat.startedAt)],
    ['Ended', readable(beat.finishedAt)],
    ['Size', beat.sizeBytes === null ? null : exactSize(beat.sizeBytes)],
    ['Message', beat.message],
  ]
  return {
    facts: said.flatMap(([term, text]): ShownFact[] => (text === null ? [] : [{ term, text }])),
    blocks: [],
  }
}
