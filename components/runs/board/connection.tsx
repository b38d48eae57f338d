'use client'
import { useSyncExternalStore } from 'react'
import { currentQueue, emptyQueue, subscribeToQueue } from '#components/command-queue.ts'
import { Notice } from '#components/ui/notice.tsx'
import { counted } from '#lib/shared/words.ts'
import type { LiveState } from '../live/use-live-run.ts'

/** Says when the page may be behind, and what still waits to be sent. Quiet while all is well. */
export function Connection({ live }: { live: LiveState }) {
  const queue = useSyncExternalStore(subscribeToQueue, currentQueue, emptyQueue)
  if (queue.length > 0) {
    return (
      <Notice tone="warn" live className="mt-3" title="You are offline">
        {counted({ count: queue.length, one: 'change waits', many: 'changes wait' })} in this page and will be
        sent when the connection is back. Keep the page open.
      </Notice>
    )
  }
  if (live !== 'cut') return null
  return (
    <Notice tone="warn" live className="mt-3">
      The live connection is cut; what others do may arrive late. Trying again.
    </Notice>
  )
}
