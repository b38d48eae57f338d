'use client'
import { useEffect } from 'react'
import { paths } from '#lib/shared/paths.ts'
import { useDesk } from '../board/desk.ts'

function tell({ runId, itemKey }: { runId: string; itemKey: string | null }): void {
  // Only a courtesy to the others: nothing depends on it, so nothing is said when it fails.
  fetch(paths.api.runFocus(runId), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ itemKey }),
    keepalive: true,
  }).catch(() => undefined)
}

/** While an editor is open the others see who is writing at the item, so that two do not write the same. */
export function useWritingHere(itemKey: string): void {
  const { runId } = useDesk()
  useEffect(() => {
    tell({ runId, itemKey })
    return () => tell({ runId, itemKey: null })
  }, [runId, itemKey])
}
