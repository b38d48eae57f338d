import { setTimeout as sleep } from 'node:timers/promises'
import { expandVariables } from '#lib/probes/texts.ts'
import { hint } from '#lib/server/live-hint.ts'
import { log } from '#lib/server/log.ts'
import { onProbeQueue } from '#lib/server/probe-queue.ts'
import {
  type Claimed,
  claim,
  type Lease,
  listWaiting,
  readVariables,
  release,
  renew,
  type Waiting,
} from './attempts.ts'
import { repeat } from './repeat.ts'
import { runAttempt } from './run-attempt.ts'

/** How many at once in one process, and at one host: a check must not be the load that brings the target down. */
const PARALLEL = 8
const PER_HOST = 4
/** Attempts looked at in one turn; more wait for the next, which comes when one has ended. */
const LOOKED_AT = 200
const IDLE_MS = 1_000
const RENEW_MS = 2_000

type Held = Lease & { host: string; runId: string; abort: AbortController; ended: Promise<void> }
export type ProbeWorker = { stop: (patienceMs?: number) => Promise<void> }

/** The host that a probe will ask, as far as its environment tells; attempts are spread by it. */
function hostOf({ url, environmentId }: Waiting, variables: Record<string, string> | undefined): string {
  const { text } = expandVariables(url, variables ?? {})
  return URL.canParse(text) ? new URL(text).host : environmentId
}

/**
 * Runs queued probe attempts until stopped. Any number of workers share one database: each leases what it runs and renews
 * the lease; what it no longer holds, cancelled or taken over, it aborts.
 */
export function startProbeWorker(): ProbeWorker {
  const held = new Map<string, Held>()

  const isHostFree = (host: string, more: readonly string[]) =>
    [...held.values()].filter((one) => one.host === host).length + more.filter((one) => one === host).length <
    PER_HOST

  async function pick(): Promise<Map<string, string>> {
    const waiting = held.size < PARALLEL ? await listWaiting(LOOKED_AT) : []
    const environments = await readVariables([...new Set(waiting.map(({ environmentId }) => environmentId))])
    const hosts = new Map<string, string>()
    for (const attempt of waiting) {
      if (held.size + hosts.size >= PARALLEL) break
      const host = hostOf(attempt, environments.get(attempt.environmentId))
      // Its own lease may have run out during a stall of this process; it is still running here.
      if (!held.has(attempt.id) && isHostFree(host, [...hosts.values()])) hosts.set(attempt.id, host)
    }
    return hosts
  }

  function begin(claimed: Claimed, host: string): void {
    const abort = new AbortController()
    const { id, fence, runId } = claimed
    const ended = runAttempt({ claimed, signal: abort.signal })
      // Its lease runs out, and the attempt is tried again.
      .catch((error) => log().error({ err: error, attempt: id }, 'probe: the attempt broke off'))
      .finally(() => {
        held.delete(id)
        hint(runId)
        claims.wake()
      })
    held.set(id, { id, fence, host, runId, abort, ended })
  }

  const claims = repeat({
    name: 'probe: claim',
    everyMs: IDLE_MS,
    work: async () => {
      const hosts = await pick()
      if (hosts.size === 0) return
      for (const claimed of await claim([...hosts.keys()])) begin(claimed, hosts.get(claimed.id) ?? '')
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
