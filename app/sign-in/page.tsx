import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { SignInForm } from '#components/account/sign-in-form.tsx'
import { readReason, reasonWords } from '#components/account/sign-in-words.ts'
import { BareShell } from '#components/shell/bare-shell.tsx'
import { readThemeChoice, THEME_COOKIE } from '#components/shell/theme-choice.ts'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { currentPerson } from '#lib/auth/current-actor.ts'
import { returnPath } from '#lib/people/arrival.ts'
import { env } from '#lib/server/env.ts'

export const metadata: Metadata = { title: 'Sign in' }

type Query = Record<string, string | string[] | undefined>
const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const returnTo = returnPath(one(query.return))
  if (await currentPerson()) redirect(returnTo)
  const because = readReason(one(query.because))
  const reason = because ? reasonWords(because, env().IDLE_SECONDS) : null
  return (
    <BareShell
      title="Sign in"
      lead={returnTo !== '/' && !reason ? 'Then you are taken to the page that you asked for.' : undefined}
      theme={readThemeChoice((await cookies()).get(THEME_COOKIE)?.value)}
    >
      {reason ? (
        <Notice tone={reason.tone} className="mb-5">
          {reason.text}
        </Notice>
      ) : null}
      <SignInForm returnTo={returnTo} />
      <div className="mt-5 text-sm">
        <Disclosure summary="Forgot your password?">
          Ask an owner or admin of your team: on the members page they make a link that works once and lets
          you set a new password. If you are the only owner, whoever runs this server makes one with the
          command <code className="font-mono text-xs">npx --no countersign unlock-owner --email …</code>
        </Disclosure>
      </div>
    </BareShell>
  )
}
