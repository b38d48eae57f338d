'use client'
import { useEffect } from 'react'
import { heldBoard } from '#lib/runs/queries.ts'
import { type TextAct, useDesk } from './board/desk.ts'

const ACTS: readonly TextAct[] = ['tick', 'untick', 'fail', 'notApplicable', 'note']

/**
 * Remembers in this tab which editors were open, so that who is signed out in the middle of a sentence finds it open
 * again. Their words come back as drafts from the server.
 */
export function useOpenEditors(): void {
  const desk = useDesk()
  useEffect(() => {
    const place = `countersign.editing.${desk.runId}`
    const items = heldBoard(desk)?.items ?? []
    const kept = new Map<string, string>(
      JSON.parse(sessionStorage.getItem(place) ?? '[]') as [string, string][],
    )
    for (const [key, act] of kept) {
      const known = ACTS.find((one) => one === act)
      if (known && items.some((item) => item.key === key)) desk.editing.set(key, known)
    }
    const stops = items.map(({ key }) =>
      desk.editing.subscribe(key, () => {
        const act = desk.editing.get(key)
        if (act) kept.set(key, act)
        else kept.delete(key)
        sessionStorage.setItem(place, JSON.stringify([...kept]))
      }),
    )
    return () => {
      for (const stop of stops) stop()
    }
  }, [desk])
}
