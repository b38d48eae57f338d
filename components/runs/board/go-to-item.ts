import { itemAnchor } from '#lib/shared/paths.ts'
import { showItem } from './item-focus.ts'

/** Asks the board to drop its filter, because what was asked for is hidden by it. */
export const SHOW_ITEM = 'countersign:show-item'

/** Goes to an item of this board: writes the address, clears a filter that hides it, takes the focus there. */
export function goToItem(itemKey: string): void {
  window.history.replaceState(null, '', `#${encodeURIComponent(itemAnchor(itemKey))}`)
  if (!showItem(itemKey)) window.dispatchEvent(new CustomEvent(SHOW_ITEM, { detail: itemKey }))
}
