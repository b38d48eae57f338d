import { setTimeout as sleep } from 'node:timers/promises'
import { expandVariables } from '#lib/probes/texts.ts'
import { hint } from '#lib/server/live-hint.ts'
import { log } from '#lib/server/log.ts'
import { onProbeQueue } from '#lib/server/probe-queue.ts'
import {
  type Claimed,
  claim,
  countByTarget,
  type Lease,
  listWaiting,
  PER_TARGET,
  readVariables,
  release,
  renew,
  type Waiting,
  type Wanted,
} from './attempts.ts'
import { repeat } from './repeat.ts'
import { runAttempt } from './run-attempt.ts'

/** How many at once in one process. */
const PARALLEL = 8
/** Attempts looked at in one turn; more wait for the next, which comes when one has ended. */
const LOOKED_AT = 500
const IDLE_MS = 1_000
const RENEW_MS = 2_000

type Held = Lease & { abort: AbortController; ended: Promise<void> }
export type ProbeWorker = { stop: (patienceMs?: number) => Promise<void> }

/** The host and port that a probe will ask, as far as its environment tells; attempts are spread by it. */
function targetOf({ url, environmentId }: Waiting, variables: Record<string, string> | undefined): string {
  const { text } = expandVariables(url, variables ?? {})
  // An address in a secret is not opened for this: its probes are spread by the name that it has.
  return URL.canParse(text) ? portOf(new URL(text)) : `${environmentId} ${url}`
}

const USUAL_PORTS: Readonly<Record<string, string>> = {
  'http:': '80',
  'ws:': '80',
  'https:': '443',
  'wss:': '443',
}

/** With its port, so that one server is one target however it is written. */
function portOf({ host, port, hostname, protocol }: URL): string {
  return port === '' ? `${hostname}:${USUAL_PORTS[protocol] ?? protocol}` : host
}

/**
 * Runs queued probe attempts until stopped. Any number of workers share one database: each leases what it runs and renews
 * the lease; what it no longer holds, cancelled or taken over, it aborts.
 */
export function startProbeWorker(): ProbeWorker {
  const held = new Map<string, Held>()

  async function pick(): Promise<Wanted[]> {
    const waiting = held.size < PARALLEL ? await listWaiting(LOOKED_AT) : []
    if (waiting.length === 0) return []
    const environments = await readVariables([...new Set(waiting.map(({ environmentId }) => environmentId))])
    const busy = await countByTarget()
    const wanted: Wanted[] = []
    for (const attempt of waiting) {
      if (held.size + wanted.length >= PARALLEL) break
      const target = targetOf(attempt, environments.get(attempt.environmentId))
      const running = busy.get(target) ?? 0
      // Its own lease may have run out during a stall of this process; it is still running here.
      if (held.has(attempt.id) || running >= PER_TARGET) continue
      busy.set(target, running + 1)
      wanted.push({ id: attempt.id, target })
    }
    return wanted
  }

  function begin(claimed: Claimed): void {
    const abort = new AbortController()
    const { id, fence, runId } = claimed
    const ended = runAttempt({ claimed, signal: abort.signal })
      .then((after) => {
        if (after !== null) setTimeout(claims.wake, after.nextMs).unref()
      })
      // Its lease runs out, and the attempt is tried again.
      .catch((error) => log().error({ err: error, attempt: id }, 'probe: the attempt broke off'))
      .finally(() => {
        held.delete(id)
        hint(runId)
        claims.wake()
      })
    held.set(id, { id, fence, abort, ended })
  }

  const claims = repeat({
    name: 'probe: claim',
    everyMs: IDLE_MS,
    work: async () => {
      const wanted = await pick()
      if (wanted.length === 0) return
      for (const claimed of await claim(wanted)) begin(claimed)
    },
  })
  const leases = repeat({
    name: 'probe: renew',
    everyMs: RENEW_MS,
    work: async () => {
      const mine = [...held.values()]
      if (mine.length === 0) return
      const kept = await renew(mine)
      for (const { id, abort } of mine) if (!kept.has(id)) abort.abort()
    },
  })
  const stopListening = onProbeQueue(() => {
    leases.wake()
    claims.wake()
  })

  return {
    stop: async (patienceMs = 3_000) => {
      stopListening()
      await claims.stop()
      const patience = new AbortController()
      const all = Promise.all([...held.values()].map(({ ended }) => ended))
      await Promise.race([all, sleep(patienceMs, undefined, { signal: patience.signal })])
      patience.abort()
      // What is still running is given back before its socket is closed, so that another worker starts over.
      for (const { id, fence, abort } of [...held.values()]) {
        await release({ id, fence })
        abort.abort()
      }
      await all
      await leases.stop()
    },
  }
}
