'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cx } from '#components/ui/cx.ts'

/** `also`: an address elsewhere whose pages belong to this one. */
export type NavItem = { href: string; label: string; count?: number; also?: string }

/** The longest address that the path begins with, so that a team's home does not light up on every page. */
function currentOf({ items, path }: { items: readonly NavItem[]; path: string }): string | undefined {
  const begins = (address: string) => path === address || path.startsWith(`${address}/`)
  return (
    items.find(({ also }) => also !== undefined && begins(also))?.href ??
    items
      .map((item) => item.href)
      .filter(begins)
      .sort((a, b) => b.length - a.length)[0]
  )
}

export function NavLinks({
  items,
  current,
  column = false,
  onNavigate,
}: {
  items: readonly NavItem[]
  current?: string | undefined
  column?: boolean
  onNavigate?: () => void
}) {
  const path = usePathname()
  const here = current ?? currentOf({ items, path })
  return (
    <ul className={cx('m-0 flex list-none p-0', column ? 'flex-col' : 'items-center gap-4.5')}>
      {items.map((item) => (
        <li key={item.href}>
          <Link
            href={item.href}
            onClick={onNavigate}
            aria-current={item.href === here ? 'page' : undefined}
            className={cx(
              'flex items-center gap-1.5 whitespace-nowrap text-soft hover:text-ink aria-[current=page]:font-strong aria-[current=page]:text-ink',
              column
                ? 'min-h-11 justify-between rounded-lg px-3 hover:bg-hair aria-[current=page]:bg-hair'
                : 'h-12',
            )}
          >
            {item.label}
            {item.count ? <span className="font-bold text-no">{item.count}</span> : null}
          </Link>
        </li>
      ))}
    </ul>
  )
}
