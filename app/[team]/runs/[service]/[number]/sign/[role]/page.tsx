import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CannotSign } from '#components/runs/sign/cannot-sign.tsx'
import { SignForm } from '#components/runs/sign/sign-form.tsx'
import { SigningPaper } from '#components/runs/sign/signing-paper.tsx'
import { PageBody } from '#components/shell/page-body.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { getSigningPage } from '#lib/runs/read/signing.ts'
import type { Obstacle } from '#lib/runs/signability.ts'
import { DECISIONS } from '#lib/shared/codes.ts'
import { parseCount } from '#lib/shared/count.ts'
import { paths } from '#lib/shared/paths.ts'

type Params = { params: Promise<{ team: string; service: string; number: string; role: string }> }

/** What time or another person mends: said beside the choice. The rest is about the signer, and answered with who can. */
const SETTLES: readonly Obstacle['code'][] = ['items_unsettled', 'only_evidence', 'run_started']

export const metadata: Metadata = { title: 'Sign' }

export default async function SignPage({ params }: Params) {
  const { team, service, number: text, role } = await params
  const actor = await requireMember(team)
  const number = parseCount(text)
  const view = number === null ? null : await getSigningPage(actor, { service, number, role })
  if (number === null || !view) notFound()
  const address = { team, service, number }
  const runHref = paths.run(address)
  const closed = DECISIONS.every((decision) => view.obstacles[decision].length > 0)
  const personal = closed
    ? view.obstacles.no_go
    : view.obstacles.go.filter(({ code }) => !SETTLES.includes(code))
  return (
    <PageBody size="doc">
      <p className="no-print my-4">
        <LinkButton href={runHref} variant="quiet" size="sm">
          ← {service} #{number}
        </LinkButton>
      </p>
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
