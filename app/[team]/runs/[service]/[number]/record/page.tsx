import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { PrintButton } from '#components/record/print-button.tsx'
import { RecordPaper } from '#components/record/record-paper.tsx'
import { PageBody } from '#components/shell/page-body.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { getRecord } from '#lib/runs/read/record.ts'
import { parseCount } from '#lib/shared/count.ts'
import { paths } from '#lib/shared/paths.ts'

type Props = { params: Promise<{ team: string; service: string; number: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { service, number } = await params
  return { title: `Record of ${service} #${number}` }
}

export default async function RecordPage({ params }: Props) {
  const { team, service, number: text } = await params
  const actor = await requireMember(team)
  const number = parseCount(text)
  const record = number === null ? null : await getRecord(actor, { service, number })
  if (number === null || !record) notFound()
  const address = { team, service, number }
  return (
    <PageBody size="doc">
      <div className="no-print my-4 flex flex-wrap gap-2">
        <LinkButton href={paths.run(address)} variant="quiet" className="-ml-3">
          ← {service} #{number}
        </LinkButton>
        <span className="flex-1 max-sm:basis-full" />
        <LinkButton href={paths.audit(address)}>Audit trail</LinkButton>
        <LinkButton href={paths.recordMarkdown(address)} prefetch={false}>
          Markdown
        </LinkButton>
        <PrintButton />
      </div>
      <RecordPaper team={team} record={record} />
    </PageBody>
  )
}
