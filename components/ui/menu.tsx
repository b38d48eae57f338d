'use client'
import { Ellipsis } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { buttonClass } from './button-style.ts'
import { type MenuItem, MenuRow } from './menu-row.tsx'
import { usePopover } from './use-popover.ts'

function enabledItems(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role=menuitem]:not([aria-disabled=true])')]
}

/** Arrow keys wrap around, Home and End jump, a letter goes to the next item that begins with it (WAI-ARIA APG). */
function itemFor({
  key,
  items,
  at,
}: {
  key: string
  items: HTMLElement[]
  at: number
}): HTMLElement | undefined {
  if (key === 'ArrowDown') return items[(at + 1) % items.length]
  if (key === 'ArrowUp') return items[(Math.max(at, 0) - 1 + items.length) % items.length]
  if (key === 'Home') return items[0]
  if (key === 'End') return items.at(-1)
  if (key.length !== 1 || key === ' ') return undefined
  const rest = [...items.slice(at + 1), ...items.slice(0, at + 1)]
  return rest.find((item) => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()))
}

/** A button with a list of actions. Without `trigger` it is a square with three dots. */
export function Menu({
  label,
  trigger,
  items,
  align = 'end',
}: {
  label: string
  trigger?: ReactNode
  items: readonly MenuItem[]
  align?: 'start' | 'end'
}) {
  const id = useId()
  const { anchor, popover, open, close } = usePopover({
    align,
    onOpen: (menu) => enabledItems(menu)[0]?.focus(),
  })

  function moved(event: KeyboardEvent<HTMLDivElement>) {
    if (event.key === 'Tab') return close()
    const found = enabledItems(event.currentTarget)
    const active = document.activeElement
    const at = active instanceof HTMLElement ? found.indexOf(active) : -1
    const next = itemFor({ key: event.key, items: found, at })
    if (!next || event.metaKey || event.ctrlKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    next.focus()
  }

  return (
    <>
      <button
        ref={anchor}
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={trigger ? undefined : label}
        title={trigger ? undefined : label}
        className={buttonClass(trigger ? {} : { variant: 'quiet', square: true })}
      >
        {trigger ?? <Ellipsis aria-hidden="true" className="size-4.5" />}
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={moved}
        className="inset-auto m-0 min-w-44 rounded-xl border border-line bg-paper p-1 text-ink shadow-float"
      >
        {items.map((item) => (
          <MenuRow key={item.label} item={item} close={close} />
        ))}
      </div>
    </>
  )
}
