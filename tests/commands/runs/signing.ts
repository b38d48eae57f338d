import { sign } from '#lib/runs/commands/sign.ts'
import { getSigningPage } from '#lib/runs/read/signing.ts'
import { db } from '#lib/server/db.ts'
import { hashPassword } from '#lib/server/passwords.ts'
import type { Decision } from '#lib/shared/codes.ts'
import { slugify } from '#lib/shared/slug.ts'
import { act, type Person } from '#tests/commands/teams/people.ts'
import { memberOf, type OpenedScene } from './fixture.ts'

const PASSWORD = 'seven quiet harbour lights'

export type Signing = {
  person: Person
  role: string
  decision?: Decision
  reason?: string
  password?: string
}

/** Gives these people the password that `signAt` types for them. */
export async function givePassword(people: readonly Person[]): Promise<void> {
  const passwordHash = await hashPassword(PASSWORD)
  await db().user.updateMany({
    where: { id: { in: people.map(({ userId }) => userId) } },
    data: { passwordHash },
  })
}

/** The signing page as this person sees it. */
export async function pageOf(scene: OpenedScene, { person, role }: Pick<Signing, 'person' | 'role'>) {
  const actor = await memberOf(person.principal, scene.team.slug)
  const view = await getSigningPage(actor, { ...scene.address, role: slugify(role) })
  if (!view) throw new Error(`no page for ${role}`)
  return view
}

/** What the page showed this person, to sign exactly that later. */
export async function shown(scene: OpenedScene, signing: Signing) {
  const { text: manifest, mark } = await pageOf(scene, signing)
  return { manifest, mark }
}

export async function signAt(
  scene: OpenedScene,
  signing: Signing,
  text?: { manifest: string; mark: string },
) {
  const { person, role, decision = 'go', reason = null, password = PASSWORD } = signing
  const seen = text ?? (await shown(scene, signing))
  return act(sign, person.principal, { ...scene.address, role, decision, reason, password, ...seen })
}
