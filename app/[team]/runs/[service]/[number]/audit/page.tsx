import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TrailPage } from '#components/audit/trail-page.tsx'
import { getTrail, verifyTrail } from '#lib/audit/read.ts'
import { requireMember } from '#lib/auth/current-actor.ts'
import { activityView } from '#lib/runs/activity.ts'
import { getRunNames } from '#lib/runs/read/run-id.ts'
import { parseCount } from '#lib/shared/count.ts'
import { paths } from '#lib/shared/paths.ts'
import { plainInline } from '#lib/templates/inline.ts'

const plainText = (text: string | undefined): string | null => (text === undefined ? null : plainInline(text))

type Props = {
  params: Promise<{ team: string; service: string; number: string }>
  searchParams: Promise<{ before?: string; verify?: string }>
}

export const metadata: Metadata = { title: 'Audit trail' }

export default async function RunAudit({ params, searchParams }: Props) {
  const { team, service, number: text } = await params
  const { before, verify } = await searchParams
  const actor = await requireMember(team)
  const number = parseCount(text)
  const run = number === null ? null : await getRunNames(actor, { service, number })
  const trail = run && (await getTrail(actor, { stream: run.id, before: parseCount(before ?? '') }))
  if (number === null || !run || !trail) notFound()
  const address = { team, service, number }
  const lines = trail.events.map((event) => ({
    ...event,
    text: activityView(event, (key) => plainText(run.texts.get(key))).text,
  }))
  return (
    <TrailPage
      title="Audit trail"
      crumbs={[{ label: `${service} #${number}`, href: paths.run(address) }, { label: 'Audit trail' }]}
      lead="Everything that happened in this run, each line linked to the one before it by its hash."
      path={paths.audit(address)}
      trail={trail}
      lines={lines}
      verdict={verify === undefined ? null : await verifyTrail(actor, run.id)}
      newest={before === undefined}
    />
  )
}
