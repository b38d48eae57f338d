import type { HeartbeatObservation } from './observations/heartbeat.ts'
import type { Shown, ShownFact } from './shown-fact.ts'

export function ofHeartbeat({ beat }: HeartbeatObservation): Shown {
  if (beat === null) return { facts: [{ term: 'Heartbeat', text: 'none has come' }], blocks: [] }
  const said: [string, string | null][] = [
    ['Heartbeat', `${beat.name}, received ${beat.receivedAt} from ${beat.pushedBy}`],
    ['Status', beat.status],
    ['Began', beat.startedAt],
    ['Ended', beat.finishedAt],
    ['Size', beat.sizeBytes === null ? null : `${beat.sizeBytes} B`],
    ['Message', beat.message],
  ]
  return {
    facts: said.flatMap(([term, text]): ShownFact[] => (text === null ? [] : [{ term, text }])),
    blocks: [],
  }
}
