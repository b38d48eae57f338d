import type { Metadata } from 'next'
import { CannotOpen } from '#components/runs/open-run/cannot-open.tsx'
import { OpenRunForm } from '#components/runs/open-run/open-run-form.tsx'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { getOpenForm } from '#lib/runs/read/open-form.ts'
import { paths } from '#lib/shared/paths.ts'

type Props = {
  params: Promise<{ team: string }>
  searchParams: Promise<{
    service?: string | string[]
    environment?: string | string[]
    template?: string | string[]
  }>
}

export const metadata: Metadata = { title: 'Open a run' }

const one = (value: string | string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

export default async function OpenRunPage({ params, searchParams }: Props) {
  const actor = await requireMember((await params).team)
  const { service, environment, template } = await searchParams
  const view = await getOpenForm(actor)
  const team = actor.team.slug
  const ready = view.can && view.services.length > 0 && view.templates.length > 0
  return (
    <PageBody size="doc">
      <PageHead
        title="Open a run"
        crumbs={[{ label: 'Runs', href: paths.team(team) }]}
        lead="One deployment of one release to one environment. The checklist is frozen into the run as it is now."
      />
      {ready ? (
        <OpenRunForm
          team={team}
          view={view}
          chosen={{ service: one(service), environment: one(environment), template: one(template) }}
        />
      ) : (
        <CannotOpen team={team} view={view} />
      )}
    </PageBody>
  )
}
