import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { paths } from '#lib/shared/paths.ts'

export default async function TeamPage({ params }: { params: Promise<{ team: string }> }) {
  const { team } = await requireMember((await params).team)
  return (
    <PageBody>
      <PageHead title="Runs" />
      <EmptyState
        title="No run yet"
        action={
          <LinkButton href={paths.openRun(team.slug)} variant="primary">
            Open a run
          </LinkButton>
        }
      >
        A run is one deployment of one release: its checklist, its evidence and its signatures in one
        document.
      </EmptyState>
    </PageBody>
  )
}
