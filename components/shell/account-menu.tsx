'use client'
import Link from 'next/link'
import { type ReactNode, useId } from 'react'
import { Avatar } from '#components/ui/avatar.tsx'
import { usePopover } from '#components/ui/use-popover.ts'

export type AccountLink = { href: string; label: string }

const rowClass =
  'flex min-h-8 items-center rounded-md px-2.5 text-ink no-underline hover:bg-hair aria-[current=true]:font-strong pointer-coarse:min-h-11'

/** Who is signed in, the way to one's own pages and other teams, the theme, and out. */
export function AccountMenu({
  person,
  team,
  teams,
  links,
  theme,
  signOut,
}: {
  person: { name: string; email: string }
  team?: { slug: string } | undefined
  teams: readonly { slug: string; name: string }[]
  links: readonly AccountLink[]
  theme: ReactNode
  signOut: ReactNode
}) {
  const id = useId()
  const { anchor, popover, open, close } = usePopover({ align: 'end' })
  return (
    <>
      <button
        ref={anchor}
        type="button"
        popoverTarget={id}
        aria-expanded={open}
        title={person.name}
        className="grid size-8 place-items-center rounded-full pointer-coarse:size-10"
      >
        <span className="sr-only">Account of {person.name}</span>
        <Avatar name={person.name} size="lg" />
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        className="inset-auto m-0 w-68 max-w-[calc(100vw-1rem)] rounded-xl border border-line bg-paper text-ink shadow-float"
      >
        <p className="m-0 border-b border-hair px-3.5 py-2.5">
          <b className="block font-strong">{person.name}</b>
          <span className="text-sm text-soft">{person.email}</span>
        </p>
        {teams.length > 1 ? (
          <nav aria-label="Teams" className="border-b border-hair p-1">
            <p className="m-0 px-2.5 pt-1 text-xs text-faint">Teams</p>
            {teams.map((other) => (
              <Link
                key={other.slug}
                href={`/${other.slug}`}
                onClick={close}
                aria-current={other.slug === team?.slug ? 'true' : undefined}
                className={rowClass}
              >
                {other.name}
              </Link>
            ))}
          </nav>
        ) : null}
        {links.length > 0 ? (
          <nav aria-label="Account" className="border-b border-hair p-1">
            {links.map((link) => (
              <Link key={link.href} href={link.href} onClick={close} className={rowClass}>
                {link.label}
              </Link>
            ))}
          </nav>
        ) : null}
        <div className="border-b border-hair px-3.5 py-2.5">{theme}</div>
        <div className="p-1">{signOut}</div>
      </div>
    </>
  )
}
