import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { TrailPage } from '#components/audit/trail-page.tsx'
import { describeEvent } from '#lib/audit/describe.ts'
import { getTrail, verifyTrail } from '#lib/audit/read.ts'
import { requireMember } from '#lib/auth/current-actor.ts'
import { parseCount } from '#lib/shared/count.ts'
import { paths } from '#lib/shared/paths.ts'

type Props = {
  params: Promise<{ team: string }>
  searchParams: Promise<{ before?: string; verify?: string }>
}

export const metadata: Metadata = { title: 'Audit' }

export default async function TeamAudit({ params, searchParams }: Props) {
  const { team } = await params
  const { before, verify } = await searchParams
  const actor = await requireMember(team)
  const stream = actor.team.streamId
  const trail = await getTrail(actor, {
    stream,
    before: parseCount(before ?? ''),
  })
  if (!trail) notFound()
  return (
    <TrailPage
      title="Audit"
      crumbs={[]}
      lead="People, services, templates and refused attempts of this team. Each run keeps a trail of its own, linked from its page."
      path={paths.teamAudit(team)}
      trail={trail}
      lines={trail.events.map((event) => ({ ...event, text: describeEvent(event) }))}
      verdict={verify === undefined ? null : await verifyTrail(actor, stream)}
      newest={before === undefined}
    />
  )
}
