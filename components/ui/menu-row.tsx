'use client'
import Link from 'next/link'
import { cx } from './cx.ts'
import { Kbd } from './kbd.tsx'

export type MenuItem = {
  label: string
  onSelect?: () => void
  href?: string
  danger?: boolean
  disabled?: boolean
  kbd?: string
}

/** One line of a menu. A disabled one can still be read, but does nothing. */
export function MenuRow({ item, close }: { item: MenuItem; close: () => void }) {
  const className = cx(
    'flex w-full items-center justify-between gap-4 rounded-md px-2.5 py-1.5 text-left hover:bg-hair focus-visible:bg-hair -outline-offset-2 pointer-coarse:min-h-11 aria-disabled:text-faint aria-disabled:hover:bg-transparent',
    item.danger && 'text-no',
  )
  const words = (
    <>
      {item.label}
      {item.kbd ? (
        <span aria-hidden="true">
          <Kbd>{item.kbd}</Kbd>
        </span>
      ) : null}
    </>
  )
  if (item.href && !item.disabled) {
    return (
      <Link role="menuitem" tabIndex={-1} href={item.href} onClick={close} className={className}>
        {words}
      </Link>
    )
  }
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={item.disabled || undefined}
      onClick={() => {
        if (item.disabled) return
        close()
        item.onSelect?.()
      }}
      className={className}
    >
      {words}
    </button>
  )
}
