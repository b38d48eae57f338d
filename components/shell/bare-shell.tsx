import type { ReactNode } from 'react'
import { SkipLink } from '#components/ui/skip-link.tsx'
import { Brand } from './brand.tsx'
import type { ThemeChoice } from './theme-choice.ts'
import { ThemeSwitch } from './theme-switch.tsx'

/** One sheet of paper for those who are not signed in: setup, sign-in, invitations. */
export function BareShell({
  title,
  lead,
  theme,
  wide = false,
  children,
}: {
  title: string
  lead?: ReactNode
  theme?: ThemeChoice
  wide?: boolean
  children: ReactNode
}) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="flex h-12 items-center px-3.5 sm:px-5">
        <Brand href="/" />
      </header>
      <main
        id="main"
        tabIndex={-1}
        className={`mx-auto w-full px-3.5 py-6 outline-none sm:pt-[8vh] ${wide ? 'max-w-2xl' : 'max-w-md'}`}
      >
        <div className="rounded-2xl border border-line bg-paper px-5 py-6 sm:px-8 sm:py-8">
          <h1 className="m-0 text-2xl font-bold tracking-tight">{title}</h1>
          {lead ? <div className="mt-1 text-soft">{lead}</div> : null}
          <div className="mt-5">{children}</div>
        </div>
      </main>
      <footer className="mt-auto flex justify-center px-3.5 pb-6">
        {theme ? <ThemeSwitch choice={theme} /> : null}
      </footer>
    </div>
  )
}
