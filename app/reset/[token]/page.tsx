import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { ResetPasswordForm } from '#components/account/reset-password-form.tsx'
import { BareShell } from '#components/shell/bare-shell.tsx'
import { readThemeChoice, THEME_COOKIE } from '#components/shell/theme-choice.ts'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { currentVisitor } from '#lib/auth/current-actor.ts'
import { getResetLinkState } from '#lib/people/read.ts'
import { RESET_LINK_CLOSED } from '#lib/people/reset-link.ts'
import { paths } from '#lib/shared/paths.ts'

// The address is a secret: no page that is opened from here may be told it.
export const metadata: Metadata = { title: 'Set a new password', referrer: 'no-referrer' }

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const state = await getResetLinkState(await currentVisitor(), token)
  return (
    <BareShell
      title="Set a new password"
      lead={
        state === 'open'
          ? 'This link works once. All your sessions end, and you sign in with the new password.'
          : undefined
      }
      theme={readThemeChoice((await cookies()).get(THEME_COOKIE)?.value)}
    >
      {state === 'open' ? (
        <ResetPasswordForm token={token} />
      ) : (
        <div className="grid gap-4">
          <Notice tone="warn">{RESET_LINK_CLOSED[state]}</Notice>
          <div>
            <LinkButton href={paths.signIn()}>Go to sign-in</LinkButton>
          </div>
        </div>
      )}
    </BareShell>
  )
}
