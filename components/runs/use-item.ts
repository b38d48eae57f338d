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
  return {
    shown: pending && viewer ? afterAct(item, pending, viewer) : item,
    isPending: pending !== undefined,
  }
}
