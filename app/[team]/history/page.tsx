import type { Metadata } from 'next'
import { HistoryFilterForm } from '#components/history/history-filters.tsx'
import { HistoryTable } from '#components/history/history-table.tsx'
import { PageBody } from '#components/shell/page-body.tsx'
import { PageHead } from '#components/shell/page-head.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Pagination } from '#components/ui/pagination.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { readFilters } from '#lib/runs/history-filters.ts'
import { listHistory, listHistoryChoices } from '#lib/runs/read/history.ts'
import { paths } from '#lib/shared/paths.ts'

type Props = {
  params: Promise<{ team: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export const metadata: Metadata = { title: 'History' }

export default async function History({ params, searchParams }: Props) {
  const { team } = await params
  const actor = await requireMember(team)
  const filters = readFilters(await searchParams)
  const [page, choices] = await Promise.all([listHistory(actor, { filters }), listHistoryChoices(actor)])
  const { after, ...kept } = filters
  const filtered = Object.keys(kept).length > 0
  return (
    <PageBody>
      <PageHead title="History" lead="Every run of the team: what was released, who signed, how it ended." />
      <HistoryFilterForm team={team} filters={kept} {...choices} />
      {page.rows.length > 0 ? (
        <HistoryTable team={team} rows={page.rows} />
      ) : filtered ? (
        <EmptyState
          title="No run matches"
          action={<LinkButton href={paths.history(team)}>Clear the filters</LinkButton>}
        >
          Try fewer filters, or another spelling.
        </EmptyState>
      ) : (
        <EmptyState
          title="No run yet"
          action={<LinkButton href={paths.openRun(team)}>Open a run</LinkButton>}
        >
          Once a run is opened it stays here for ever, with its ticks, its evidence and its signatures.
        </EmptyState>
      )}
      <Pagination
        label="Pages of runs"
        newer={after ? paths.history(team, kept) : null}
        older={page.older ? paths.history(team, { ...kept, after: page.older }) : null}
      />
    </PageBody>
  )
}
