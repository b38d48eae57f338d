import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { SignOutForm } from '#components/account/sign-out-form.tsx'
import { IdleGuard } from '#components/idle/idle-guard.tsx'
import { AppShell } from '#components/shell/app-shell.tsx'
import { SignOutButton } from '#components/shell/sign-out-button.tsx'
import { readThemeChoice, THEME_COOKIE } from '#components/shell/theme-choice.ts'
import { requireMember } from '#lib/auth/current-actor.ts'
import { listMyTeams } from '#lib/people/read.ts'
import { waitingCount } from '#lib/runs/read/waiting.ts'
import { env } from '#lib/server/env.ts'
import { paths } from '#lib/shared/paths.ts'

export default async function TeamLayout({
  params,
  children,
}: {
  params: Promise<{ team: string }>
  children: ReactNode
}) {
  const { team: slug } = await params
  const actor = await requireMember(slug)
  const [teams, waiting, jar] = await Promise.all([listMyTeams(actor), waitingCount(actor), cookies()])
  const { team } = actor
  return (
    <AppShell
      team={team}
      person={actor}
      teams={teams}
      nav={[
        { href: paths.team(team.slug), label: 'Runs' },
        {
          href: paths.waiting(team.slug),
          label: 'Waiting for me',
          count: waiting,
        },
        { href: paths.templates(team.slug), label: 'Templates', also: paths.apiTokens(team.slug) },
        { href: paths.services(team.slug), label: 'Services' },
        { href: paths.history(team.slug), label: 'History' },
        { href: paths.teamAudit(team.slug), label: 'Audit' },
        { href: paths.members(team.slug), label: 'Members' },
      ]}
      accountLinks={[{ href: paths.me(), label: 'My account' }]}
      signOut={
        <SignOutForm>
          <SignOutButton />
        </SignOutForm>
      }
      theme={readThemeChoice(jar.get(THEME_COOKIE)?.value)}
    >
      {children}
      <IdleGuard idleSeconds={env().IDLE_SECONDS} warnSeconds={env().IDLE_WARN_SECONDS} />
    </AppShell>
  )
}
