import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CannotSign } from '#components/runs/sign/cannot-sign.tsx'
import { SignForm } from '#components/runs/sign/sign-form.tsx'
import { SigningPaper } from '#components/runs/sign/signing-paper.tsx'
import { PageBody } from '#components/shell/page-body.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { getSigningPage } from '#lib/runs/read/signing.ts'
import { parseCount } from '#lib/shared/count.ts'
import { paths } from '#lib/shared/paths.ts'

type Params = { params: Promise<{ team: string; service: string; number: string; role: string }> }

export const metadata: Metadata = { title: 'Sign' }

export default async function SignPage({ params }: Params) {
  const { team, service, number: text, role } = await params
  const actor = await requireMember(team)
  const number = parseCount(text)
  const view = number === null ? null : await getSigningPage(actor, { service, number, role })
  if (number === null || !view) notFound()
  const address = { team, service, number }
  const runHref = paths.run(address)
  return (
    <PageBody size="doc">
      <p className="no-print my-4">
        <LinkButton href={runHref} variant="quiet" size="sm">
          ← {service} #{number}
        </LinkButton>
      </p>
      <SigningPaper view={view} />
      <div className="mt-4">
        {view.otherObstacles.length > 0 ? (
          <CannotSign
            role={view.manifest.role}
            reasons={view.otherObstacles.map((one) => one.text)}
            holders={view.holders}
          />
        ) : (
          <SignForm
            runId={view.manifest.run.id}
            address={address}
            role={view.manifest.role}
            name={actor.name}
            text={view.text}
            hash={view.hash}
            mark={view.mark}
            obstacles={view.obstacles.map((one) => one.text)}
            runHref={runHref}
          />
        )}
      </div>
    </PageBody>
  )
}
