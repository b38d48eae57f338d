'use client'
import { Menu } from 'lucide-react'
import { type ReactNode, useId, useRef } from 'react'
import { buttonClass } from '#components/ui/button-style.ts'
import { type NavItem, NavLinks } from './nav-links.tsx'

/** The bar's links on a small screen: a sheet from the right, where the thumb is. */
export function NavDrawer({
  items,
  current,
  waiting,
  children,
}: {
  items: readonly NavItem[]
  current?: string | undefined
  /** Shown as a dot on the button: something in here asks for the person. */
  waiting: boolean
  children?: ReactNode
}) {
  const id = useId()
  const sheet = useRef<HTMLDivElement>(null)
  return (
    <div className="lg:hidden">
      <button
        type="button"
        popoverTarget={id}
        aria-label={waiting ? 'Menu, something waits for you' : 'Menu'}
        className={buttonClass({ variant: 'quiet', square: true })}
      >
        <Menu aria-hidden="true" className="size-5" />
        {waiting ? (
          <span aria-hidden="true" className="absolute top-1 right-1 size-2 rounded-full bg-no" />
        ) : null}
      </button>
      <div
        ref={sheet}
        id={id}
        popover="auto"
        className="inset-auto top-0 right-0 m-0 h-dvh w-72 max-w-[85vw] border-l border-line bg-paper p-3 text-ink shadow-float backdrop:bg-shade"
      >
        <nav aria-label="Main">
          <NavLinks items={items} current={current} column onNavigate={() => sheet.current?.hidePopover()} />
        </nav>
        {children}
      </div>
    </div>
  )
}
