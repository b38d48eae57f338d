'use client'
import { useEffect } from 'react'
import { paths } from '#lib/shared/paths.ts'
import { useDesk } from '../board/desk.ts'
import { useKeyed } from '../use-keyed.ts'

function tell({ runId, itemKey }: { runId: string; itemKey: string | null }): void {
  // Only a courtesy to the others: nothing depends on it, so nothing is said when it fails.
  fetch(paths.api.runFocus(runId), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ itemKey }),
    keepalive: true,
  }).catch(() => undefined)
}

/** The server knows the page a moment after the stream has opened; before, there is nobody to write the item beside. */
const ENTERED_MS = 700

/** While an editor is open the others see who is writing at the item, so that two do not write the same. */
export function useWritingHere(itemKey: string): void {
  const { runId, live } = useDesk()
  const isLive = useKeyed(live, 'now') === 'live'
  useEffect(() => {
    if (!isLive) return
    const timer = setTimeout(() => tell({ runId, itemKey }), ENTERED_MS)
    return () => {
      clearTimeout(timer)
      tell({ runId, itemKey: null })
    }
  }, [runId, itemKey, isLive])
}
