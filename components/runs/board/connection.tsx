'use client'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { currentQueue, emptyQueue, subscribeToQueue } from '#components/command-queue.ts'
import { Notice } from '#components/ui/notice.tsx'
import { counted } from '#lib/shared/words.ts'
import type { LiveState } from '../live/use-live-run.ts'

/** A cut as short as a server's restart is over before anybody has to know of it. */
const PATIENCE_MS = 3_000

function useIsCut(live: LiveState): boolean {
  const [isCut, setIsCut] = useState(false)
  useEffect(() => {
    if (live === 'live' || live === 'ended') return setIsCut(false)
    const timer = setTimeout(() => setIsCut(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [live])
  return isCut
}

/** Says when the page may be behind, and what still waits to be sent. Lies over the page's edge: nothing moves by it. */
export function Connection({ live }: { live: LiveState }) {
  const queue = useSyncExternalStore(subscribeToQueue, currentQueue, emptyQueue)
  const isCut = useIsCut(live)
  if (queue.length === 0 && !isCut) return null
  return (
    <div className="no-print fixed inset-x-3.5 bottom-20 z-20 shadow-float sm:right-auto sm:max-w-sm lg:bottom-4">
      {queue.length > 0 ? (
        <Notice tone="warn" live title="You are offline">
          {counted({ count: queue.length, one: 'change waits', many: 'changes wait' })} in this page and will
          be sent when the connection is back. Keep the page open.
        </Notice>
      ) : (
        <Notice tone="warn" live>
          The live connection is cut; what others do may arrive late. Trying again.
        </Notice>
      )}
    </div>
  )
}
