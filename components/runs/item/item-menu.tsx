'use client'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react'
import { MenuRow } from '#components/ui/menu-row.tsx'
import { placePopover } from '#components/ui/place-popover.ts'
import { closeOverlay, useDesk } from '../board/desk.ts'
import { useBoard } from '../use-board.ts'
import { menuEntries } from './item-menu-entries.ts'

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (Math.max(at, 0) - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** The one menu of all rows: it opens at the row's button, so that five hundred rows do not carry five hundred menus. */
export default function ItemMenu({ itemKey, anchor }: { itemKey: string; anchor: HTMLElement }) {
  const desk = useDesk()
  const item = useBoard((board) => board.items.find(({ key }) => key === itemKey))
  const box = useRef<HTMLDivElement>(null)

  useLayoutEffect(() => {
    const popover = box.current
    if (!popover) return
    popover.showPopover()
    placePopover({ anchor, popover, align: 'end' })
    anchor.setAttribute('aria-expanded', 'true')
    popover.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    return () => anchor.setAttribute('aria-expanded', 'false')
  }, [anchor])

  useEffect(() => {
    const popover = box.current
    if (!popover) return
    // The event comes late: while an entry's own overlay is being fetched, this menu is hidden and still listens.
    const toggled = (event: ToggleEvent) => {
      const now = desk.overlay.get('now')
      const isThis = now?.kind === 'menu' && now.itemKey === itemKey
      if (event.newState === 'closed' && isThis) closeOverlay(desk)
    }
    const moved = () => popover.hidePopover()
    popover.addEventListener('toggle', toggled)
    window.addEventListener('resize', moved)
    window.addEventListener('scroll', moved, { passive: true })
    return () => {
      popover.removeEventListener('toggle', toggled)
      window.removeEventListener('resize', moved)
      window.removeEventListener('scroll', moved)
    }
  }, [desk, itemKey])

  function pressed(event: KeyboardEvent<HTMLDivElement>) {
    event.stopPropagation()
    if (event.key === 'Tab') return box.current?.hidePopover()
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')]
    const at = document.activeElement instanceof HTMLElement ? rows.indexOf(document.activeElement) : -1
    const letter = event.key.length === 1 ? event.key.toLowerCase() : null
    const named = [...rows.slice(at + 1), ...rows].find(
      (row) => letter && row.textContent?.toLowerCase().startsWith(letter),
    )
    const step = STEPS[event.key]
    const next = step ? rows[step(at, rows.length)] : named
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  if (!item) return null
  return (
    <div
      ref={box}
      popover="auto"
      role="menu"
      aria-label="More for this item"
      tabIndex={-1}
      onKeyDown={pressed}
      className="inset-auto m-0 min-w-52 rounded-xl border border-line bg-paper p-1 text-ink shadow-float"
    >
      {menuEntries({ desk, item }).map((entry) => (
        <MenuRow
          key={entry.label}
          item={entry}
          close={() => {
            // The focus goes back to the row before the entry may take it elsewhere.
            anchor.focus()
            box.current?.hidePopover()
          }}
        />
      ))}
    </div>
  )
}
