import { itemAnchor } from '#lib/shared/paths.ts'

function rowOf(itemKey: string): HTMLElement | null {
  return document.getElementById(itemAnchor(itemKey))
}

/** The item whose row holds the focus now. */
export function focusedItem(): string | null {
  const row = document.activeElement?.closest<HTMLElement>('[data-item]')
  return row?.dataset.item ?? null
}

/** Puts the focus on an item's box. False when the row is not shown. */
export function focusItem(itemKey: string): boolean {
  const row = rowOf(itemKey)
  const box = row?.querySelector<HTMLElement>('[data-box]')
  if (!row || !box) return false
  box.focus({ preventScroll: true })
  row.scrollIntoView({ block: 'nearest' })
  return true
}

/** Brings an item to the middle of the window and puts the focus on it: for links that lead here. */
export function showItem(itemKey: string): boolean {
  const row = rowOf(itemKey)
  row?.scrollIntoView({ block: 'center' })
  return focusItem(itemKey)
}

/** The item before or after the given one in the order of the page; the first one from nowhere. */
export function neighbour(itemKey: string | null, step: 1 | -1): string | null {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-item]')]
  const at = rows.findIndex((row) => row.dataset.item === itemKey)
  const next = at === -1 ? rows[0] : rows[at + step]
  return next?.dataset.item ?? null
}
