import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import type { WaitingView } from '#lib/runs/waiting.ts'
import { paths } from '#lib/shared/paths.ts'
import { InlineText } from '../item/inline-text.tsx'
import { WaitingList } from './waiting-list.tsx'

/** Everything that waits for one person, over all runs that are open. */
export function WaitingPage({ waiting, team }: { waiting: WaitingView; team: string }) {
  const { slots, items, stuck } = waiting
  const none = slots.length + items.length + stuck.length === 0
  return (
    <PageBody>
      <PageHead
        title="Waiting for me"
        lead="What you can sign, settle or move on, in every run that is open."
      />
      {none ? (
        <EmptyState
          title="Nothing waits for you"
          action={<LinkButton href={paths.team(team)}>See the runs</LinkButton>}
        >
          Slots that you can sign, items of your roles and runs you opened that are stuck appear here, each
          with its reason.
        </EmptyState>
      ) : null}
      <div className="grid gap-5">
        <WaitingList
          title="To sign"
          note="your sign-off roles"
          lines={slots.map(({ run, role, slug, ready, reason }) => ({
            key: `${run.service} ${run.number} ${slug}`,
            href: paths.sign({ team, ...run, role: slug }),
            title: `Sign as ${role}`,
            run,
            reason,
            quiet: !ready,
            action: ready ? (
              <LinkButton href={paths.sign({ team, ...run, role: slug })} variant="primary">
                Read and sign
              </LinkButton>
            ) : undefined,
          }))}
        />
        <WaitingList
          title="To settle"
          note="items of your roles"
          lines={items.map(({ run, key, text, reason }) => ({
            key: `${run.service} ${run.number} ${key}`,
            href: paths.runItem({ team, ...run, itemKey: key }),
            title: <InlineText text={text} />,
            run,
            reason,
          }))}
        />
        <WaitingList
          title="Stuck"
          note="runs that you opened"
          lines={stuck.map(({ run, reason }) => ({
            key: `${run.service} ${run.number}`,
            href: paths.run({ team, ...run }),
            title: `${run.service} #${run.number}`,
            run,
            reason,
          }))}
        />
      </div>
    </PageBody>
  )
}
