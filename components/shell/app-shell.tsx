import type { ReactNode } from 'react'
import { SkipLink } from '#components/ui/skip-link.tsx'
import { Tag } from '#components/ui/tag.tsx'
import { type AccountLink, AccountMenu } from './account-menu.tsx'
import { Brand } from './brand.tsx'
import { NavDrawer } from './nav-drawer.tsx'
import { type NavItem, NavLinks } from './nav-links.tsx'
import { PaletteButton } from './palette-button.tsx'
import type { PaletteCommand } from './palette-command.ts'
import type { ThemeChoice } from './theme-choice.ts'
import { ThemeSwitch } from './theme-switch.tsx'

export type AppShellProps = {
  team?: { slug: string; name: string; sample: boolean }
  person: { name: string; email: string }
  nav: readonly NavItem[]
  /** The address of the current place; left out, it is read from the path. */
  current?: string
  /** Lines of the palette beside the bar's own links. */
  commands?: readonly PaletteCommand[]
  teams?: readonly { slug: string; name: string }[]
  accountLinks?: readonly AccountLink[]
  /** A form with `SignOutButton` in it. */
  signOut: ReactNode
  theme: ThemeChoice
  children: ReactNode
}

/** The bar and the page under it, for everyone who is signed in. */
export function AppShell(props: AppShellProps) {
  const {
    team,
    person,
    nav,
    current,
    commands = [],
    teams = [],
    accountLinks = [],
    signOut,
    theme,
    children,
  } = props
  const places: PaletteCommand[] = [...nav, ...accountLinks].map(({ href, label }) => ({ href, label }))
  return (
    <>
      <SkipLink />
      <header className="no-print sticky top-0 z-20 flex h-12 items-center gap-3 border-b border-line bg-paper px-3.5 sm:px-5 lg:gap-4.5">
        <Brand href={team ? `/${team.slug}` : '/'} />
        {team?.sample ? (
          <Tag tone="warn" className="tracking-wide">
            SAMPLE
          </Tag>
        ) : null}
        <nav aria-label="Main" className="hidden min-w-0 lg:block">
          <NavLinks items={nav} current={current} />
        </nav>
        <span className="flex-1" />
        {team ? (
          <span className="hidden max-w-48 truncate text-sm text-faint xl:inline">{team.name}</span>
        ) : null}
        <PaletteButton commands={[...places, ...commands]} />
        <AccountMenu
          person={person}
          team={team}
          teams={teams}
          links={accountLinks}
          theme={<ThemeSwitch choice={theme} />}
          signOut={signOut}
        />
        <NavDrawer items={nav} current={current} waiting={nav.some((item) => (item.count ?? 0) > 0)}>
          {team ? (
            <p className="m-0 mt-3 border-t border-hair px-3 pt-3 text-sm text-faint">{team.name}</p>
          ) : null}
        </NavDrawer>
      </header>
      <p className="print-only m-0 mb-3 text-xs">
        {team?.sample ? 'SAMPLE, not a real deployment. ' : ''}
        {team?.name} · Countersign
      </p>
      <main id="main" tabIndex={-1} className="outline-none">
        {children}
      </main>
    </>
  )
}
