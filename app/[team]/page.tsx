import type { Metadata } from 'next'
import { TeamHome } from '#components/runs/team-home.tsx'
import { requireMember } from '#lib/auth/current-actor.ts'
import { getTeamHome } from '#lib/runs/read/team-home.ts'

export const metadata: Metadata = { title: 'Runs' }

export default async function TeamPage({ params }: { params: Promise<{ team: string }> }) {
  const actor = await requireMember((await params).team)
  return <TeamHome home={await getTeamHome(actor)} team={actor.team} />
}
