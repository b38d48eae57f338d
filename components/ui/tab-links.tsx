import Link from 'next/link'

export type TabLink = { href: string; label: string; count?: number; current?: boolean }

/** Neighbouring pages. The choice lies in the address, so it can be sent and gone back to. */
export function TabLinks({ label, items }: { label: string; items: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className="no-print border-b border-line">
      <ul className="m-0 flex list-none flex-wrap gap-x-5 p-0">
        {items.map((item) => (
          <li key={item.href}>
            <Link
              href={item.href}
              aria-current={item.current ? 'page' : undefined}
              className="-mb-px flex min-h-9 items-center gap-1.5 border-b-2 border-transparent text-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-strong aria-[current=page]:text-ink pointer-coarse:min-h-11"
            >
              {item.label}
              {item.count === undefined ? null : (
                <span className="font-mono text-xs text-faint">{item.count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
