import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CannotSign } from '#components/runs/sign/cannot-sign.tsx'
import { SignForm } from '#components/runs/sign/sign-form.tsx'
import { SignedPaper } from '#components/runs/sign/signed-paper.tsx'
import { SigningPaper } from '#components/runs/sign/signing-paper.tsx'
import { PageBody } from '#components/shell/page-body.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { getSigned } from '#lib/runs/read/signed.ts'
import { getSigningPage } from '#lib/runs/read/signing.ts'
import type { Obstacle } from '#lib/runs/signability.ts'
import { DECISIONS } from '#lib/shared/codes.ts'
import { parseCount } from '#lib/shared/count.ts'
import { paths } from '#lib/shared/paths.ts'

type Params = {
  params: Promise<{ team: string; service: string; number: string; role: string }>
  searchParams: Promise<{ signed?: string | string[] }>
}

/** What time or another person mends: said beside the choice. The rest is about the signer, and answered with who can. */
const SETTLES: readonly Obstacle['code'][] = ['items_unsettled', 'only_evidence', 'run_started']

export const metadata: Metadata = { title: 'Sign' }

/** With `?signed=DIGEST` the text of an earlier signature, else the one that would be signed now. */
export default async function SignPage({ params, searchParams }: Params) {
  const { team, service, number: text, role } = await params
  const actor = await requireMember(team)
  const number = parseCount(text)
  if (number === null) notFound()
  const { signed: hash } = await searchParams
  const runHref = paths.run({ team, service, number })
  const back = (
    <p className="no-print my-4">
      <LinkButton href={runHref} variant="quiet" className="-ml-3">
        ← {service} #{number}
      </LinkButton>
    </p>
  )
  if (typeof hash === 'string') {
    const signed = await getSigned(actor, { service, number, hash })
    if (!signed) notFound()
    return (
      <PageBody size="doc">
        {back}
        <SignedPaper signed={signed} />
      </PageBody>
    )
  }
  const view = await getSigningPage(actor, { service, number, role })
  if (!view) notFound()
  const closed = DECISIONS.every((decision) => view.obstacles[decision].length > 0)
  const personal = closed
    ? view.obstacles.no_go
    : view.obstacles.go.filter(({ code }) => !SETTLES.includes(code))
  return (
    <PageBody size="doc">
      {back}
      <SigningPaper view={view} />
      <div className="mt-4 grid gap-4">
        {personal.length > 0 ? (
          <CannotSign
            role={view.manifest.role}
            {...(closed ? {} : { decision: 'go' })}
            reasons={personal.map(({ text: why }) => why)}
            holders={view.holders}
            whoCan={view.whoCan}
          />
        ) : null}
        {closed ? null : (
          <SignForm
            runId={view.manifest.run.id}
            role={view.manifest.role}
            name={actor.name}
            text={view.text}
            hash={view.hash}
            mark={view.mark}
            obstacles={view.obstacles}
            runHref={runHref}
          />
        )}
      </div>
    </PageBody>
  )
}
