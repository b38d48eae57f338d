import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { AcknowledgeForm } from '#components/notices/acknowledge-form.tsx'
import { NoticeFacts } from '#components/notices/notice-facts.tsx'
import { BareShell } from '#components/shell/bare-shell.tsx'
import { readThemeChoice, THEME_COOKIE } from '#components/shell/theme-choice.ts'
import { Notice } from '#components/ui/notice.tsx'
import { currentVisitor } from '#lib/auth/current-actor.ts'
import { getAcknowledgement } from '#lib/notify/read/acknowledgement.ts'

// The address is the secret: it must not leave with the next page's request, nor be found by a search.
export const metadata: Metadata = {
  title: 'Acknowledge',
  referrer: 'no-referrer',
  robots: { index: false, follow: false },
}

/** Only looks: mail scanners and link previews open this page too, and must not acknowledge anything by it. */
export default async function AcknowledgePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const view = await getAcknowledgement(await currentVisitor(), { token, now: Date.now() })
  const theme = readThemeChoice((await cookies()).get(THEME_COOKIE)?.value)
  if (view.state === 'closed') {
    const { code, title, advice } = view.closed
    return (
      <BareShell title={code === 'acknowledged' ? 'Acknowledged' : 'Nothing to acknowledge'} theme={theme}>
        <div className="grid gap-5">
          <Notice tone={code === 'acknowledged' ? 'go' : 'warn'} title={title}>
            {advice}
          </Notice>
          {view.about ? <NoticeFacts about={view.about} /> : null}
        </div>
      </BareShell>
    )
  }
  const what = view.about.stage === 'rollback' ? 'rollback' : 'deployment'
  return (
    <BareShell title={`Do you know of this ${what}?`} theme={theme}>
      <div className="grid gap-5">
        <NoticeFacts about={view.about} />
        <AcknowledgeForm token={token} as={view.as} />
      </div>
    </BareShell>
  )
}
