'use client'
import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import { type BoardFilter, filterQuery, readFilter } from '#lib/runs/filter.ts'
import { useDesk } from './board/desk.ts'
import { useKeyed } from './use-keyed.ts'

/**
 * The filter. The address has it first and follows it: it survives a reload and can be sent to a colleague. What is
 * typed does not wait for the address, or letters would be lost.
 */
export function useBoardFilter(): { filter: BoardFilter; change: (part: Partial<BoardFilter>) => void } {
  const desk = useDesk()
  const query = useSearchParams()
  const touched = useKeyed(desk.filter, 'now')
  const change = useCallback(
    (part: Partial<BoardFilter>) => {
      const { pathname, search } = window.location
      const before = desk.filter.get('now') ?? readFilter(new URLSearchParams(search))
      const after = { ...before, ...part }
      desk.filter.set('now', after)
      const next = filterQuery(after)
      window.history.replaceState(null, '', next ? `${pathname}?${next}` : pathname)
    },
    [desk],
  )
  return { filter: touched ?? readFilter(query), change }
}
