import { isPushed, KINDS, type Kind, type PushedKind } from '#lib/probes/kinds.ts'
import type { Observation } from '#lib/probes/observation.ts'
import { SERVER_KINDS } from './kind-table-servers.ts'

export type LookingKind = Exclude<Kind, PushedKind>
/** Every kind that asks somewhere, a composite of them too. */
export const LOOKING_KINDS = KINDS.filter((kind): kind is LookingKind => !isPushed(kind))

/** What is known of each connection of a look: of a composite those of its parts. */
export function connectionsOf(observation: Observation) {
  const looks = observation.kind === 'composite' ? observation.parts.map(({ look }) => look) : [observation]
  return looks.map(({ connection, error }) => ({ connection, error }))
}

/**
 * How each kind is sent somewhere, for what must hold for all of them: a kind that is not entered here does not compile.
 * `scheme` stands before host and port in `${TARGET}`; `follows`: the same probe where it goes after redirects, which lead to `leads` (http unless said).
 */
export const KIND_TABLE: Record<
  LookingKind,
  { scheme: string; probe: string; follows?: string; leads?: string }
> = {
  http: {
    scheme: 'http',
    probe: 'http $' + '{TARGET}/ expect status >= 100, body lacks nothing',
    follows: 'http $' + '{TARGET}/ expect status >= 100, redirects follow',
  },
  tls: { scheme: 'https', probe: 'tls $' + '{TARGET} expect days-left >= 0, refuses 1.0' },
  promql: { scheme: 'http', probe: 'promql $' + '{TARGET} "up" expect all == 1' },
  ...SERVER_KINDS,
  forge: {
    scheme: 'http',
    probe: 'forge github acme/web url $' + '{TARGET} commit 8f3c2d1 expect checks-green',
  },
  metrics: { scheme: 'http', probe: 'metrics $' + '{TARGET}/metrics expect parses' },
  websocket: { scheme: 'ws', probe: 'websocket $' + '{TARGET}/ws expect open' },
  redis: { scheme: 'redis', probe: 'redis $' + '{TARGET} expect ping' },
  postgres: { scheme: 'postgresql', probe: 'postgres $' + '{TARGET}/app expect select' },
  delivery: { scheme: 'http', probe: 'delivery $' + '{TARGET}/app.js expect compressed any' },
  sse: { scheme: 'http', probe: 'sse $' + '{TARGET}/ expect open' },
  redirect: {
    scheme: 'http',
    probe: 'redirect $' + '{TARGET}/ expect https, hsts',
    follows: 'redirect $' + '{TARGET}/ expect https, hsts',
    leads: 'https',
  },
  cors: { scheme: 'http', probe: 'cors $' + '{TARGET}/ origin https://app.example.com expect allows' },
  cookies: {
    scheme: 'http',
    probe: 'cookies $' + '{TARGET}/ expect count >= 0',
    follows: 'cookies $' + '{TARGET}/ expect count >= 0',
  },
  headers: {
    scheme: 'http',
    probe: 'headers $' + '{TARGET}/ expect score >= 0, plain $' + '{TARGET}/',
    follows: 'headers $' + '{TARGET}/ expect score >= 0, plain none',
  },
  composite: {
    scheme: 'http',
    probe:
      'composite need all part a http $' +
      '{TARGET}/a expect body lacks nothing part b sse $' +
      '{TARGET}/b expect open',
    follows:
      'composite need all part a http $' +
      '{TARGET}/ expect status >= 100, redirects follow part b cookies $' +
      '{TARGET}/ expect count >= 0',
  },
  steps: {
    scheme: 'http',
    probe: 'steps $' + '{TARGET} step /a, expect status >= 100, step /b, expect status >= 100',
  },
}

/** The probe of a kind with `clauses` of all kinds, which a composite has in front of its parts. */
export function askedOf(
  kind: LookingKind,
  { clauses, isFollowing = false }: { clauses: string; isFollowing?: boolean },
): string {
  const { probe, follows = probe } = KIND_TABLE[kind]
  const asked = isFollowing ? follows : probe
  return kind === 'composite' ? asked.replace('need all', `need all, ${clauses}`) : `${asked}, ${clauses}`
}
