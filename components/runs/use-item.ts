'use client'
import type { ItemView } from '#lib/runs/board.ts'
import { afterAct } from '#lib/runs/optimistic.ts'
import { heldBoard } from '#lib/runs/queries.ts'
import { useDesk } from './board/desk.ts'
import { useKeyed } from './use-keyed.ts'

/** The item as the person sees it: the server's truth, and over it what they just did. */
export function useItem(item: ItemView): { shown: ItemView; isPending: boolean } {
  const desk = useDesk()
  const pending = useKeyed(desk.pending, item.key)
  const viewer = heldBoard(desk)?.viewer
  // The server's newer word is never painted over, not even for the moment until the answer is in.
  const isAhead = pending !== undefined && pending.version >= item.version
  return { shown: isAhead && viewer ? afterAct(item, pending, viewer) : item, isPending: isAhead }
}
