import Link from 'next/link'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Tag, type TagTone } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import type { TeamHome as Home } from '#lib/runs/read/team-home.ts'
import type { RunState } from '#lib/shared/codes.ts'
import { paths } from '#lib/shared/paths.ts'
import { RUN_STATE_WORDS } from '#lib/shared/words.ts'
import { FirstSteps } from './first-steps.tsx'
import { LiveRunRow } from './live-run-row.tsx'

const list = 'm-0 list-none divide-y divide-line overflow-clip rounded-2xl border border-line bg-paper p-0'
const heading = 'm-0 mb-2.5 text-lg font-bold tracking-tight'

function endTone(state: RunState): TagTone {
  return state === 'closed' ? 'go' : state === 'rolled_back' ? 'warn' : 'neutral'
}

/** The team's first page: the runs under way, then those that ended last. */
export function TeamHome({ home, team }: { home: Home; team: { slug: string; name: string } }) {
  const { live, recent } = home
  const isNew = live.length === 0 && recent.length === 0
  return (
    <PageBody>
      <PageHead
        title="Runs"
        actions={
          home.can.openRun && !isNew ? (
            <LinkButton href={paths.openRun(team.slug)} variant="primary">
              Open a run
            </LinkButton>
          ) : undefined
        }
      />
      {isNew ? <FirstSteps home={home} team={team.slug} /> : null}
      {isNew ? null : (
        <section aria-labelledby="live-runs" className="mb-8">
          <h2 id="live-runs" className={heading}>
            Under way
          </h2>
          {live.length === 0 ? (
            <EmptyState title="Nothing is under way">Open a run when the next release is ready.</EmptyState>
          ) : (
            <ul className={list}>
              {live.map((run) => (
                <LiveRunRow key={run.id} run={run} team={team.slug} />
              ))}
            </ul>
          )}
        </section>
      )}
      {recent.length > 0 ? (
        <section aria-labelledby="recent-runs">
          <div className="flex items-baseline justify-between gap-4">
            <h2 id="recent-runs" className={heading}>
              Ended last
            </h2>
            <Link
              href={paths.history(team.slug)}
              className="text-sm text-accent underline underline-offset-2"
            >
              Whole history
            </Link>
          </div>
          <ul className={list}>
            {recent.map((run) => (
              <li
                key={run.id}
                className="relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 sm:grid sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_minmax(0,3fr)_9rem_6rem] hover:bg-[color-mix(in_oklab,var(--hair),transparent_50%)]"
              >
                <Link
                  href={paths.record({ team: team.slug, service: run.service, number: run.number })}
                  className="font-strong text-ink no-underline after:absolute after:inset-0 hover:underline"
                >
                  {run.service} #{run.number}
                </Link>
                <span className="text-soft">{run.environment}</span>
                <span className="font-mono text-xs text-soft">{run.version}</span>
                <span className="text-sm text-soft max-sm:ml-auto sm:text-right">
                  {run.endedAt ? <Time at={run.endedAt} show="minute" /> : null}
                </span>
                <Tag tone={endTone(run.state)} className="sm:justify-self-end">
                  {RUN_STATE_WORDS[run.state]}
                </Tag>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </PageBody>
  )
}
