import { type Found, implied, judgeCheck, type ProbeJudge } from '../judged.ts'
import type { HeartbeatCheck, HeartbeatProbe } from '../kinds/heartbeat.ts'
import type { Heartbeat, HeartbeatObservation } from '../observations/heartbeat.ts'
import { inUnit } from '../quantities.ts'
import { spanWords } from '../span-words.ts'

/** What a job says of its own failure counts whatever is asked; its silence is never a pass. */
export const heartbeatJudge: ProbeJudge<HeartbeatProbe, HeartbeatObservation> = {
  asksTarget: true,
  conditions({ name, conditions }, { at, beat }) {
    if (beat === null || beat.name !== name) {
      const observed = `no heartbeat “${name}” has come`
      return [implied({ text: 'heartbeat', observed, wanted: 'one', value: null })]
    }
    const saysStatus = conditions.some(({ on, level }) => on === 'status' && level === 'expect')
    return [
      ...(saysStatus ? [] : [notFailed(beat)]),
      ...conditions.map((check) => judgeCheck(check, foundOf(check, { at, beat }))),
    ]
  },
}

function statusOf({ status, message }: Heartbeat): string {
  if (status === null) return 'came without a status'
  return status === 'failed' && message !== null ? `failed: ${message}` : status
}

/** A job that calls without a status says by calling that it ended. */
function notFailed(beat: Heartbeat) {
  return implied({
    text: 'status not failed',
    observed: statusOf(beat),
    wanted: 'not failed',
    value: beat.status !== 'failed',
  })
}

function foundOf(check: HeartbeatCheck, { at, beat }: { at: string; beat: Heartbeat }): Found {
  switch (check.on) {
    case 'status':
      return { observed: statusOf(beat), value: beat.status === null ? null : beat.status === check.word }
    case 'size': {
      if (beat.sizeBytes === null) return { observed: 'no size was said', quantity: null }
      const quantity = { value: String(beat.sizeBytes), unit: 'B' } as const
      return { observed: inUnit(quantity, check.unit), quantity }
    }
    case 'age':
      return age(beat, at)
    case 'duration': {
      const { startedAt, finishedAt } = beat
      if (startedAt === null || finishedAt === null)
        return { observed: 'no beginning and end were said', quantity: null }
      const ms = between(startedAt, finishedAt)
      if (ms === null || ms < 0) return { observed: 'ended before it began', quantity: null }
      return { observed: `took ${spanWords(ms)}`, quantity: { value: String(ms), unit: 'ms' } }
    }
  }
}

/** How far the clock of a job may be ahead of ours. */
const MOST_AHEAD_MS = 300_000

/** A job that ended a little later than now has just ended; one that ended long after now says nothing of when it did. */
function age({ finishedAt, receivedAt }: Heartbeat, at: string): Found {
  const ms = between(finishedAt ?? receivedAt, at)
  if (ms === null) return { observed: 'its time cannot be read', quantity: null }
  if (ms < -MOST_AHEAD_MS) return { observed: `ended ${spanWords(-ms)} after now`, quantity: null }
  const kept = Math.max(0, ms)
  return { observed: `${spanWords(kept)} old`, quantity: { value: String(kept), unit: 'ms' } }
}

function between(from: string, to: string): number | null {
  const ms = Date.parse(to) - Date.parse(from)
  return Number.isSafeInteger(ms) ? ms : null
}
