import { redirect } from 'next/navigation'
import { currentPerson } from '#lib/auth/current-actor.ts'
import { startPage } from '#lib/people/arrival.ts'
import { isSetUp, listMyTeams } from '#lib/people/read.ts'

export default async function StartPage() {
  const person = await currentPerson()
  redirect(
    startPage({
      setUp: person !== null || (await isSetUp(person)),
      teams: person ? await listMyTeams(person) : null,
    }),
  )
}
