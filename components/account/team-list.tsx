import Link from 'next/link'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { Tag } from '#components/ui/tag.tsx'
import type { MyTeam } from '#lib/people/read.ts'
import { paths } from '#lib/shared/paths.ts'

/** The person's teams as doors, each with what they are in it. */
export function TeamList({ teams }: { teams: MyTeam[] }) {
  if (teams.length === 0) {
    return (
      <EmptyState title="You are in no team">
        Ask an owner or admin of a team to invite you by link.
      </EmptyState>
    )
  }
  return (
    <ul className="m-0 grid list-none gap-2 p-0">
      {teams.map((team) => (
        <li key={team.slug}>
          <Link
            href={paths.team(team.slug)}
            className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-xl border border-line px-4 py-2.5 text-ink no-underline hover:bg-hair"
          >
            <span className="min-w-0 font-strong break-words">{team.name}</span>
            {team.sample ? <Tag tone="warn">SAMPLE</Tag> : null}
            <span className="ml-auto text-sm text-soft">{[team.accountRole, ...team.roles].join(' · ')}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
