'use client'
import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'
import { type BoardFilter, filterQuery, readFilter } from '#lib/runs/filter.ts'

/** The filter, kept in the address: it survives a reload, goes back, and can be sent to a colleague. */
export function useBoardFilter(): { filter: BoardFilter; change: (part: Partial<BoardFilter>) => void } {
  const query = useSearchParams()
  const filter = readFilter(query)
  const change = useCallback((part: Partial<BoardFilter>) => {
    const { pathname, search } = window.location
    const next = filterQuery({ ...readFilter(new URLSearchParams(search)), ...part })
    // The page's own address changes, nothing is fetched.
    window.history.replaceState(null, '', next ? `${pathname}?${next}` : pathname)
  }, [])
  return { filter, change }
}
