import type { ReactNode } from 'react'
import { PageBody } from '#components/shell/page-body.tsx'
import { type Crumb, PageHead } from '#components/shell/page-head.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Pagination } from '#components/ui/pagination.tsx'
import type { Trail, TrailVerdict } from '#lib/audit/read.ts'
import { ChainVerdict } from './chain-verdict.tsx'
import { type TrailLine, TrailTable } from './trail-table.tsx'

type Props = {
  title: string
  lead: ReactNode
  crumbs: readonly Crumb[]
  path: string
  trail: Trail
  lines: readonly TrailLine[]
  verdict: TrailVerdict | null
  newest: boolean
}

/** One stream of the log, with the check of its chain a link away: reading it needs no rights beyond reading. */
export function TrailPage({ title, lead, crumbs, path, trail, lines, verdict, newest }: Props) {
  return (
    <PageBody>
      <PageHead
        title={title}
        crumbs={crumbs}
        lead={lead}
        actions={
          <LinkButton href={`${path}?verify=now`} prefetch={false} variant="primary">
            Verify chain
          </LinkButton>
        }
      />
      {verdict ? (
        <div className="mb-4">
          <ChainVerdict verdict={verdict} stream={trail.stream} />
        </div>
      ) : null}
      <TrailTable caption={title} lines={lines} />
      <Pagination
        label="Pages of the audit trail"
        newer={newest ? null : path}
        older={trail.older === null ? null : `${path}?before=${trail.older}`}
        note={`${trail.head.seq} in all`}
      />
    </PageBody>
  )
}
