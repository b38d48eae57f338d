import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import type { OpenFormView } from '#lib/runs/open-form.ts'
import { paths } from '#lib/shared/paths.ts'

/** What is missing before a run can be opened, one step at a time. */
export function CannotOpen({ team, view }: { team: string; view: OpenFormView }) {
  if (!view.can) {
    return (
      <EmptyState
        title="You read runs here"
        action={<LinkButton href={paths.team(team)}>Back to the runs</LinkButton>}
      >
        {view.why}
      </EmptyState>
    )
  }
  if (view.services.length === 0) {
    return (
      <EmptyState
        title="No service yet"
        action={
          <LinkButton href={paths.services(team)} variant="primary">
            {view.canCreateService ? 'Create a service' : 'See the services'}
          </LinkButton>
        }
      >
        A run deploys one service to one of its environments.
        {view.canCreateService ? '' : ' An owner or admin of the team creates it.'}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No checklist yet"
      action={
        <LinkButton href={paths.templateImport(team)} variant="primary">
          Import a checklist
        </LinkButton>
      }
    >
      A run works through a checklist. Bring your own Markdown file, or start from the production deployment
      checklist.
    </EmptyState>
  )
}
