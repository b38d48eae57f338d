'use client'
import { PageHead } from '#components/shell/page-head.tsx'
import { AvatarStack } from '#components/ui/avatar-stack.tsx'
import { Digest } from '#components/ui/digest.tsx'
import { Time } from '#components/ui/time.tsx'
import type { BoardView } from '#lib/runs/board.ts'
import { paths } from '#lib/shared/paths.ts'
import { useBoard } from '../use-board.ts'
import { useDesk } from './desk.ts'
import { WindowFact } from './window-fact.tsx'

/** One entry a person, however many pages they have open. */
function peopleHere({
  presence,
  items,
}: Pick<BoardView, 'presence' | 'items'>): { name: string; note?: string }[] {
  const byMember = new Map<string, { name: string; note?: string }>()
  for (const { memberId, name, itemKey } of presence) {
    const item = itemKey === null ? undefined : items.find(({ key }) => key === itemKey)
    if (item || !byMember.has(memberId))
      byMember.set(memberId, item ? { name, note: `on ${item.text}` } : { name })
  }
  return [...byMember.values()]
}

/** Which run this is, of what, by whom, until when, and who is here. */
export function BoardHead({ teamName }: { teamName: string }) {
  const { address } = useDesk()
  const run = useBoard((board) => board.run)
  const people = useBoard(peopleHere)
  const { service, environment, template } = run
  return (
    <PageHead
      crumbs={[
        { label: teamName, href: paths.team(address.team) },
        { label: service.name, href: paths.service({ team: address.team, service: service.slug }) },
        { label: environment.name },
      ]}
      title={`${service.slug} #${run.number}`}
      mono={
        <>
          {run.version} · {run.commit.slice(0, 12)}
          {run.artifactDigest ? (
            <>
              {' · '}
              <Digest value={run.artifactDigest} />
            </>
          ) : null}
        </>
      }
      actions={<AvatarStack people={people} label="Here now" />}
      facts={[
        {
          term: 'Opened by',
          value: (
            <>
              {run.openedBy.name}{' '}
              <Time at={new Date(run.openedAt)} show="relative" className="font-normal text-soft" />
            </>
          ),
        },
        ...(run.author ? [{ term: 'Commit by', value: run.author.name }] : []),
        ...(run.changeTicket ? [{ term: 'Change', value: run.changeTicket }] : []),
        ...(run.windowStart !== null || run.windowEnd !== null
          ? [{ term: 'Window', value: <WindowFact start={run.windowStart} end={run.windowEnd} /> }]
          : []),
        { term: 'Template', value: `${template.name} v${template.number}` },
        ...(run.reason ? [{ term: 'Reason', value: run.reason }] : []),
      ]}
    />
  )
}
