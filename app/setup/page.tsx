import type { Metadata } from 'next'
import { BareShell } from '#components/shell/bare-shell.tsx'
import { SetUpForm } from '#components/teams/set-up-form.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { currentVisitor } from '#lib/auth/current-actor.ts'
import { paths } from '#lib/shared/paths.ts'
import { getSetUpState } from '#lib/teams/read/set-up.ts'

export const metadata: Metadata = { title: 'Set up' }

export default async function SetUpPage() {
  const state = await getSetUpState(await currentVisitor())
  if (state === 'done') {
    return (
      <BareShell title="Already set up">
        <p className="mt-0">
          This Countersign has its owner and its team. Sign in, or ask an owner or admin for an invitation.
        </p>
        <LinkButton href={paths.signIn()} variant="primary">
          Sign in
        </LinkButton>
      </BareShell>
    )
  }
  if (state === 'closed') {
    return (
      <BareShell title="Set-up is not open">
        <Notice tone="warn" title="This Countersign runs without a set-up code">
          Start it with <code className="font-mono text-sm">npm start</code>, which prints a one-time code, or
          set COUNTERSIGN_SETUP_CODE in its environment. Then reload this page.
        </Notice>
      </BareShell>
    )
  }
  return (
    <BareShell title="Welcome to Countersign" lead="The first owner and the first team." wide>
      <SetUpForm />
    </BareShell>
  )
}
