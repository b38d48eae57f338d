import type { Metadata } from 'next'
import { WaitingPage } from '#components/runs/waiting/waiting-page.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { getWaiting } from '#lib/runs/read/waiting.ts'

export const metadata: Metadata = { title: 'Waiting for me' }

export default async function WaitingRoute({ params }: { params: Promise<{ team: string }> }) {
  const actor = await requireMember((await params).team)
  return <WaitingPage waiting={await getWaiting(actor)} team={actor.team.slug} />
}
