import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { ChangePasswordForm } from '#components/account/change-password-form.tsx'
import { SessionList } from '#components/account/session-list.tsx'
import { SignOutForm } from '#components/account/sign-out-form.tsx'
import { TeamList } from '#components/account/team-list.tsx'
import { IdleGuard } from '#components/idle/idle-guard.tsx'
import { BareShell } from '#components/shell/bare-shell.tsx'
import { readThemeChoice, THEME_COOKIE } from '#components/shell/theme-choice.ts'
import { LoadSample } from '#components/teams/load-sample.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { SubmitButton } from '#components/ui/submit-button.tsx'
import { requirePerson } from '#lib/auth/current-actor.ts'
import { listMySessions, listMyTeams } from '#lib/people/read.ts'
import { env } from '#lib/server/env.ts'

export const metadata: Metadata = { title: 'Your account' }

const heading = 'm-0 mb-3 text-lg font-bold tracking-tight'

export default async function MePage() {
  const person = await requirePerson()
  const [teams, sessions] = await Promise.all([listMyTeams(person), listMySessions(person)])
  return (
    <BareShell title="Your account" wide theme={readThemeChoice((await cookies()).get(THEME_COOKIE)?.value)}>
      <IdleGuard idleSeconds={env().IDLE_SECONDS} warnSeconds={env().IDLE_WARN_SECONDS} />
      <div className="grid gap-9 *:min-w-0">
        <div className="flex flex-wrap items-end justify-between gap-4">
          <Facts
            items={[
              { term: 'Name', value: person.name },
              { term: 'E-mail', value: person.email },
              ...(person.instanceAdmin
                ? [{ term: 'Instance', value: 'You administer this Countersign' }]
                : []),
            ]}
          />
          <SignOutForm>
            <SubmitButton variant="plain">Sign out</SubmitButton>
          </SignOutForm>
        </div>
        <section aria-labelledby="teams">
          <h2 id="teams" className={heading}>
            Your teams
          </h2>
          <TeamList teams={teams} />
        </section>
        <section aria-labelledby="sessions">
          <h2 id="sessions" className={heading}>
            Where you are signed in
          </h2>
          <SessionList sessions={sessions} />
        </section>
        <section aria-labelledby="password">
          <h2 id="password" className={heading}>
            Password
          </h2>
          <ChangePasswordForm email={person.email} />
        </section>
        {person.instanceAdmin ? (
          <section aria-labelledby="sample">
            <h2 id="sample" className={heading}>
              Sample team
            </h2>
            <LoadSample />
          </section>
        ) : null}
      </div>
    </BareShell>
  )
}
