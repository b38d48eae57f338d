import { redirect } from 'next/navigation'
import { currentVisitor } from '#lib/auth/current-actor.ts'
import { startPage } from '#lib/people/arrival.ts'
import { isSetUp, listMyTeams } from '#lib/people/read.ts'

export default async function StartPage() {
  const actor = await currentVisitor()
  const teams = actor.kind === 'person' ? await listMyTeams(actor) : null
  redirect(startPage({ setUp: teams !== null || (await isSetUp(actor)), teams }))
}
