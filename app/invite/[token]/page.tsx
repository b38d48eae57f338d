import type { Metadata } from 'next'
import { BareShell } from '#components/shell/bare-shell.tsx'
import { AcceptInvitation } from '#components/teams/accept-invitation.tsx'
import { InvitationTerms } from '#components/teams/invitation-terms.tsx'
import { SwitchAccount } from '#components/teams/switch-account.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { currentVisitor } from '#lib/auth/current-actor.ts'
import { paths } from '#lib/shared/paths.ts'
import { getInvitation } from '#lib/teams/read/invitation.ts'

// The address is the secret: it must not leave with the next page's request.
export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' }

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const invitation = await getInvitation(await currentVisitor(), { token })
  if (invitation.state === 'closed') {
    return (
      <BareShell title="This link does not work">
        <Notice tone="warn" title={invitation.because} />
        {invitation.canSignIn ? (
          <LinkButton href={paths.signIn()} variant="primary" className="mt-4">
            Sign in
          </LinkButton>
        ) : null}
      </BareShell>
    )
  }
  return (
    <BareShell title={`Join ${invitation.team.name}`}>
      <div className="grid gap-4">
        <InvitationTerms invitation={invitation} />
        {invitation.next === 'other_account' ? (
          <SwitchAccount email={invitation.email} signedInAs={invitation.signedInAs ?? ''} />
        ) : invitation.next === 'sign_in' ? (
          <>
            <p className="m-0">
              You have an account with this address. Sign in, and you come back to this page.
            </p>
            <LinkButton href={paths.signIn(paths.invite(token))} variant="primary">
              Sign in to join
            </LinkButton>
          </>
        ) : (
          <AcceptInvitation
            token={token}
            name={invitation.name}
            isNew={invitation.next === 'create'}
            team={invitation.team}
          />
        )}
      </div>
    </BareShell>
  )
}
