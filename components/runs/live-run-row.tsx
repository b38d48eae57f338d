import Link from 'next/link'
import { Tag } from '#components/ui/tag.tsx'
import { Time } from '#components/ui/time.tsx'
import type { HomeRun } from '#lib/runs/read/team-home.ts'
import { paths } from '#lib/shared/paths.ts'
import { RUN_STATE_WORDS } from '#lib/shared/words.ts'

function missingWords({ items, slots, missing, go }: HomeRun): string {
  if (go === null) return ''
  if (missing === 0) return go ? 'nothing is missing' : 'settled and signed, and still no: see why'
  const open = items.total - items.settled
  const unsigned = slots.total - slots.signed
  return [
    open > 0 ? `${open} of ${items.total} items open` : '',
    items.failed > 0 ? `${items.failed} failed` : '',
    unsigned > 0 ? `${unsigned} of ${slots.total} not signed` : '',
  ]
    .filter(Boolean)
    .join(' · ')
}

/** One run that is under way, in one line: may it go, what is it, what is missing. */
export function LiveRunRow({ run, team }: { run: HomeRun; team: string }) {
  const href = paths.run({ team, service: run.service.slug, number: run.number })
  return (
    <li className="relative grid gap-x-5 gap-y-1 px-4 py-3.5 hover:bg-[color-mix(in_oklab,var(--hair),transparent_50%)] sm:grid-cols-[6.5rem_minmax(0,1fr)_auto] sm:items-center">
      <span>
        {run.go === null ? (
          <Tag tone={run.state === 'rolling_back' ? 'no' : 'accent'}>{RUN_STATE_WORDS[run.state]}</Tag>
        ) : (
          <strong className={`text-xl font-bold tracking-tight ${run.go ? 'text-go' : 'text-no'}`}>
            {run.go ? 'GO' : 'NO-GO'}
          </strong>
        )}
      </span>
      <span className="min-w-0">
        <Link
          href={href}
          className="text-lg font-strong text-ink no-underline after:absolute after:inset-0 hover:underline"
        >
          {run.service.slug} #{run.number}
        </Link>{' '}
        <span className="text-soft">{run.environment.name}</span>
        <span className="block font-mono text-xs text-soft">
          {run.version} · {run.commit.slice(0, 12)}
          {run.changeTicket ? ` · ${run.changeTicket}` : ''}
        </span>
      </span>
      <span className="text-sm text-soft sm:text-right">
        {missingWords(run) ? <span className="block">{missingWords(run)}</span> : null}
        <span className="block">
          {run.openedBy} opened it <Time at={new Date(run.openedAt)} show="relative" />
        </span>
      </span>
    </li>
  )
}
