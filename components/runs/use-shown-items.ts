'use client'
import { useRef } from 'react'
import type { ItemView } from '#lib/runs/board.ts'
import { type BoardFilter, filterQuery, isFiltering, isShown } from '#lib/runs/filter.ts'

/**
 * The items that the filter lets through. One that was shown stays until the filter changes, even when it no longer
 * matches: a tick must not pull the row away from under the finger.
 */
export function useShownItems({ items, filter }: { items: ItemView[]; filter: BoardFilter }): ItemView[] {
  const kept = useRef<{ query: string; keys: Set<string> }>({ query: '', keys: new Set() })
  if (!isFiltering(filter)) return items
  const query = filterQuery(filter)
  if (kept.current.query !== query) kept.current = { query, keys: new Set() }
  const { keys } = kept.current
  const shown = items.filter((item) => keys.has(item.key) || isShown(item, filter))
  for (const { key } of shown) keys.add(key)
  return shown
}
