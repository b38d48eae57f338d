import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { type Actor, isMember, type MemberActor } from '#lib/access/actor.ts'
import { paths } from '#lib/shared/paths.ts'
import { type Minted, mintActor } from './mint.ts'
import { CLIENT_ADDRESS_HEADER, currentPrincipal } from './principal.ts'

// One mint a request and team, however many components ask.
const mintOnce = cache(
  async (team: string | null): Promise<Minted> => mintActor({ principal: await currentPrincipal(), team }),
)

async function hereOrHome(): Promise<string> {
  return (await headers()).get('x-countersign-path') ?? '/'
}

/** The member who asks for a page of a team; sends others to sign in, or answers 404 when the team is not theirs. */
export async function requireMember(team: string): Promise<MemberActor> {
  const minted = await mintOnce(team)
  if (minted === 'not_signed_in') redirect(paths.signIn(await hereOrHome()))
  if (minted === 'not_found' || !isMember(minted)) notFound()
  return minted
}

/** The signed-in person, outside any team; sends others to sign in. */
export async function requirePerson(): Promise<Actor & { kind: 'person' }> {
  const minted = await mintOnce(null)
  if (minted === 'not_signed_in' || minted === 'not_found' || minted.kind !== 'person')
    redirect(paths.signIn(await hereOrHome()))
  return minted
}

/** The signed-in person or null, for pages that work for both. */
export async function currentPerson(): Promise<(Actor & { kind: 'person' }) | null> {
  const minted = await mintOnce(null)
  return typeof minted === 'object' && minted.kind === 'person' ? minted : null
}

/** Whoever asks, signed in or not, for pages that need no account. A session that is over counts as nobody. */
export async function currentVisitor(): Promise<Actor> {
  const person = await currentPerson()
  if (person) return person
  const ip = (await headers()).get(CLIENT_ADDRESS_HEADER) ?? 'unknown'
  const visitor = await mintActor({ principal: { kind: 'anonymous', ip }, team: null })
  if (typeof visitor === 'string') throw new TypeError('nobody could not be minted')
  return visitor
}
