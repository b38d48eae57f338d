import { isMember } from '#lib/access/actor.ts'
import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { newId } from '#lib/server/ids.ts'
import { listen } from '#lib/server/live.ts'
import { peopleRoom } from '#lib/server/live-hint.ts'
import { enterRun, leaveRun } from '#lib/server/presence.ts'
import { frameOf } from './live-frame.ts'
import { watchRun } from './live-rooms.ts'

/** How long a browser waits before it connects again, and how often a quiet stream says that it lives. */
const RETRY_MS = 2_000
const COMMENT_MS = 15_000
// A session that is ended says so to its streams at once; one that idles out says nothing and is found by this.
const RECHECK_MS = 10_000

/**
 * The server-sent events of one run for one person (WHATWG HTML, 9.2): ids are sequence numbers of the run's log, so
 * `Last-Event-ID` resumes without a gap. Null when the run is not there for them.
 */
export async function liveResponse({
  request,
  principal,
  team,
  service,
  number,
  runId,
  after,
}: {
  request: Request
  principal: Principal
  team: string
  service: string
  number: number
  runId: string
  after: number
}): Promise<Response | null> {
  const actor = await mintActor({ principal, team })
  if (typeof actor === 'string' || !isMember(actor)) return null
  const presenceId = newId()
  const encoder = new TextEncoder()
  let place: Awaited<ReturnType<typeof watchRun>> = null
  let unhear: (() => void) | null = null
  let closed = false
  const timers: NodeJS.Timeout[] = []
  let close = (): void => undefined

  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const write = (frame: Uint8Array): void => {
        if (closed) return
        try {
          controller.enqueue(frame)
        } catch {
          close()
        }
      }
      close = () => {
        if (closed) return
        closed = true
        for (const timer of timers) clearInterval(timer)
        place?.leave()
        unhear?.()
        leaveRun(presenceId).catch(() => undefined)
        try {
          controller.close()
        } catch {
          // Already torn down by the peer.
        }
      }
      request.signal.addEventListener('abort', close)
      write(encoder.encode(`retry: ${RETRY_MS}\n\n`))
      await enterRun({ id: presenceId, runId, memberId: actor.team.memberId, name: actor.name })
      const recheck = async (): Promise<void> => {
        const again = await mintActor({ principal, team }).catch(() => actor)
        if (closed) return
        if (typeof again !== 'string') {
          if (isMember(again)) place?.renew(again)
          return
        }
        write(frameOf({ type: 'end', reason: again === 'not_signed_in' ? 'signed_out' : 'not_found' }))
        close()
      }
      unhear = listen(peopleRoom(actor.userId), () => void recheck())
      const watcher = { presenceId, send: write }
      const taken = await watchRun({ actor, runId, service, number, after, watcher })
      place = taken
      if (!taken || closed) {
        taken?.leave()
        unhear()
        close()
        return
      }
      timers.push(setInterval(() => write(encoder.encode(': here\n\n')), COMMENT_MS))
      timers.push(setInterval(() => void recheck(), RECHECK_MS))
      // Ended while the stream was being set up, before anything listened.
      void recheck()
    },
    cancel() {
      close()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}
