'use client'
import { useEffect } from 'react'
import { isShown, NO_FILTER, readFilter } from '#lib/runs/filter.ts'
import { itemAnchor } from '#lib/shared/paths.ts'
import { useDesk } from './board/desk.ts'
import { SHOW_ITEM } from './board/go-to-item.ts'
import { heldItem } from './board/item-doings.ts'
import { showItem } from './board/item-focus.ts'
import { useBoardFilter } from './use-board-filter.ts'

const TRIES = 30
const PAUSE_MS = 50

function itemOfHash(): string | null {
  const name = decodeURIComponent(window.location.hash.slice(1))
  const prefix = itemAnchor('')
  return name.startsWith(prefix) ? name.slice(prefix.length) : null
}

/** `#item-…` leads to the item: into the middle of the window, with the focus, whatever the filter hides. */
export function useDeepLink(): void {
  const desk = useDesk()
  const { change } = useBoardFilter()
  useEffect(() => {
    function unhide(itemKey: string, triesLeft = TRIES) {
      if (showItem(itemKey)) return
      const item = heldItem(desk, itemKey)
      if (!item || triesLeft === 0) return
      const filter = desk.filter.get('now') ?? readFilter(new URLSearchParams(window.location.search))
      if (!isShown(item, filter)) change(NO_FILTER)
      // The row is there after one of the next renderings.
      setTimeout(() => unhide(itemKey, triesLeft - 1), PAUSE_MS)
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
  }, [change, desk])
}
