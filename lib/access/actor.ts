import type { AccountRole } from '#lib/shared/codes.ts'

declare const minted: unique symbol

export type ActorTeam = {
  id: string
  slug: string
  name: string
  sample: boolean
  streamId: string
  memberId: string
  accountRole: AccountRole
  /** Names of the sign-off roles held. */
  roles: string[]
}

export type PersonActor = {
  kind: 'person'
  userId: string
  sessionIdHash: string
  name: string
  email: string
  instanceAdmin: boolean
  team: ActorTeam | null
}

export const PIPELINE_SCOPES = ['gate', 'evidence'] as const
export type PipelineScope = (typeof PIPELINE_SCOPES)[number]

/** A pipeline: asks the gate or pushes evidence, as its scopes say, of one service, or of one environment or run of it. */
export type TokenActor = {
  kind: 'token'
  tokenId: string
  name: string
  team: { id: string; slug: string; streamId: string }
  serviceId: string
  environmentId: string | null
  runId: string | null
  scopes: PipelineScope[]
}

export const API_SCOPES = ['templates:write'] as const
export type ApiScope = (typeof API_SCOPES)[number]

/** A program that acts for a team within its token's scopes, in the name of the member who made the token. */
export type ApiTokenActor = {
  kind: 'api_token'
  tokenId: string
  name: string
  team: { id: string; slug: string; streamId: string; memberId: string; accountRole: AccountRole }
  scopes: ApiScope[]
}

/** A worker or the set-up itself, acting inside one team or on the instance. */
export type SystemActor = {
  kind: 'system'
  name: string
  team: { id: string; slug: string; streamId: string; sample: boolean } | null
}

export type AnonymousActor = { kind: 'anonymous'; ip: string; team: null }

/** Who acts, read from the database at this request; only `lib/auth/actor.ts` mints one. */
export type Actor = (PersonActor | TokenActor | ApiTokenActor | SystemActor | AnonymousActor) & {
  readonly [minted]: true
}

/** A person inside a team: what every screen of a team works with. */
export type MemberActor = PersonActor & { team: ActorTeam } & { readonly [minted]: true }

export function isMember(actor: Actor): actor is MemberActor {
  return actor.kind === 'person' && actor.team !== null
}

/** In whose place an actor writes inside a team: a member's own, or the maker's of an API token; null for anybody else. */
export function placeIn(actor: Actor): { teamId: string; streamId: string; memberId: string } | null {
  if (!isMember(actor) && actor.kind !== 'api_token') return null
  const { id: teamId, streamId, memberId } = actor.team
  return { teamId, streamId, memberId }
}

/** The name that the record shows for an actor. */
export function nameOf(actor: Actor): string {
  return actor.kind === 'anonymous' ? 'Somebody not signed in' : actor.name
}
