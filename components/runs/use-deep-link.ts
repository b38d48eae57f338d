'use client'
import { useEffect } from 'react'
import { NO_FILTER } from '#lib/runs/filter.ts'
import { itemAnchor } from '#lib/shared/paths.ts'
import { SHOW_ITEM } from './board/go-to-item.ts'
import { showItem } from './board/item-focus.ts'
import { useBoardFilter } from './use-board-filter.ts'

function itemOfHash(): string | null {
  const name = decodeURIComponent(window.location.hash.slice(1))
  const prefix = itemAnchor('')
  return name.startsWith(prefix) ? name.slice(prefix.length) : null
}

/** `#item-…` leads to the item: into the middle of the window, with the focus, whatever the filter hides. */
export function useDeepLink(): void {
  const { change } = useBoardFilter()
  useEffect(() => {
    function unhide(itemKey: string) {
      if (showItem(itemKey)) return
      change(NO_FILTER)
      // The row is there after the next rendering.
      setTimeout(() => showItem(itemKey), 50)
    }
    function arrived() {
      const itemKey = itemOfHash()
      if (itemKey) unhide(itemKey)
    }
    const asked = (event: Event) => {
      if (event instanceof CustomEvent && typeof event.detail === 'string') unhide(event.detail)
    }
    arrived()
    window.addEventListener('hashchange', arrived)
    window.addEventListener(SHOW_ITEM, asked)
    return () => {
      window.removeEventListener('hashchange', arrived)
      window.removeEventListener(SHOW_ITEM, asked)
    }
  }, [change])
}
