'use client'
import { useQuery } from '@tanstack/react-query'
import type { BoardView } from '#lib/runs/board.ts'
import { runQuery } from '#lib/runs/queries.ts'
import { useDesk } from './board/desk.ts'

/**
 * One part of the board. Equal parts keep their identity from one news to the next, so a component that watches a part
 * renders only when that part moved.
 */
export function useBoard<T>(select: (board: BoardView) => T): T {
  const { runId } = useDesk()
  const { data, isPending } = useQuery({ ...runQuery(runId), enabled: false, select })
  if (isPending) throw new Error('The board is read before it is shown')
  // Read, so an undefined here is the part's own.
  return data as T
}
