'use client'

import { useEffect, useRef } from 'react'
import type { BoardView, PresenceView } from '#lib/runs/board.ts'
import type { BoardDelta, LiveMessage } from '#lib/runs/live.ts'
import { paths } from '#lib/shared/paths.ts'

export type LiveState = 'connecting' | 'live' | 'cut' | 'ended'

type Wanted = {
  runId: string
  /** Last sequence number that the page holds, asked anew at every connection. */
  after: () => number
  onBoard: (board: BoardView) => void
  onDelta: (delta: BoardDelta) => void
  onPresence: (presence: PresenceView[]) => void
  onState: (state: LiveState) => void
  onEnd: (reason: 'signed_out' | 'not_found') => void
}

type Wanting = { current: Wanted }

/** Fetches the whole board once: a tab that joined between two deltas may have missed one. */
function resync(wanting: Wanting): void {
  const { runId } = wanting.current
  const once = new EventSource(paths.api.live({ runId, after: wanting.current.after() }))
  once.addEventListener('board', (event) => {
    once.close()
    deliver(wanting, JSON.parse(event.data) as LiveMessage)
  })
  once.addEventListener('presence', () => once.close())
  once.onerror = () => once.close()
}

function deliver(wanting: Wanting, message: LiveMessage): void {
  const wanted = wanting.current
  switch (message.type) {
    case 'board':
      wanted.onBoard(message.board)
      break
    case 'delta':
      if (message.delta.from > wanted.after()) resync(wanting)
      else wanted.onDelta(message.delta)
      break
    case 'presence':
      wanted.onPresence(message.presence)
      break
    case 'end':
      wanted.onState('ended')
      wanted.onEnd(message.reason)
      break
  }
}

const FIRST_WAIT_MS = 500
const MOST_WAIT_MS = 10_000

/** Holds the connection until `signal` aborts, and connects again from the page's own cursor whenever it breaks. */
function connect({
  wanting,
  signal,
  share,
}: {
  wanting: Wanting
  signal: AbortSignal
  share: (message: LiveMessage) => void
}): Promise<void> {
  return new Promise((resolve) => {
    // The lock may be granted in the moment in which the page goes: nobody would end this connection any more.
    if (signal.aborted) return resolve()
    let wait = FIRST_WAIT_MS
    let source: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = (): void => {
      clearTimeout(timer)
      source?.close()
      resolve()
    }
    const open = (): void => {
      wanting.current.onState('connecting')
      source = new EventSource(
        paths.api.live({ runId: wanting.current.runId, after: wanting.current.after() }),
      )
      source.onopen = () => {
        wait = FIRST_WAIT_MS
        wanting.current.onState('live')
      }
      for (const type of ['board', 'delta', 'presence', 'end']) {
        source.addEventListener(type, (event) => {
          const message = JSON.parse(event.data) as LiveMessage
          share(message)
          deliver(wanting, message)
          if (message.type === 'end') stop()
        })
      }
      source.onerror = () => {
        source?.close()
        wanting.current.onState('cut')
        timer = setTimeout(open, wait)
        wait = Math.min(wait * 2, MOST_WAIT_MS)
      }
    }
    signal.addEventListener('abort', stop)
    // Back on the network: no need to sit out the pause.
    window.addEventListener(
      'online',
      () => {
        if (signal.aborted || source?.readyState !== EventSource.CLOSED) return
        clearTimeout(timer)
        open()
      },
      { signal },
    )
    open()
  })
}

/**
 * The live events of a run. A browser opens at most six connections to one origin over HTTP/1.1, so of all tabs on one
 * run a single one holds the stream (Web Locks) and passes the messages on (BroadcastChannel).
 */
export function useLiveRun(wanted: Wanted): void {
  const wanting = useRef(wanted)
  wanting.current = wanted
  const { runId } = wanted
  useEffect(() => {
    const ending = new AbortController()
    const channel = new BroadcastChannel(`countersign.run.${runId}`)
    channel.onmessage = (event: MessageEvent<LiveMessage>) => {
      wanting.current.onState('live')
      deliver(wanting, event.data)
    }
    const share = (message: LiveMessage): void => channel.postMessage(message)
    const hold = (): Promise<void> => connect({ wanting, signal: ending.signal, share })
    if (navigator.locks)
      navigator.locks
        .request(`countersign.run.${runId}`, { signal: ending.signal }, hold)
        .catch(() => undefined)
    else void hold()
    return () => {
      ending.abort()
      channel.close()
    }
  }, [runId])
}
