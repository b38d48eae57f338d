import type { ProbeConfig } from '#lib/probes/config.ts'
import type { Observation } from '#lib/probes/observation.ts'
import type { Resolve } from '#lib/server/egress/resolve.ts'
import type { Outcome } from '#lib/shared/codes.ts'
import { raw, serve } from '../servers.ts'

/** What an attempt can come to by what it finds; `blocked` and `skipped` come from outside and are the same for every kind. */
export const FOUND = ['pass', 'warn', 'fail', 'inconclusive', 'error'] as const satisfies readonly Outcome[]
export type FoundOutcome = (typeof FOUND)[number]

/** A server that stands, and the probe that is sent to it. `allow`: host and port of all that it may reach. */
export type Setting = {
  probe: string
  allow: readonly string[]
  variables?: Readonly<Record<string, string>>
  secrets?: Readonly<Record<string, string>>
  resolve?: Resolve
}
/** Evidence that was pushed to the product itself, and the look at it. */
export type Pushed = { probe: string; seen: (config: ProbeConfig) => Promise<Observation> }
/** `because`: what makes the outcome, in the words of docs/probes.md; `says`: a part of the evidence line. */
export type Scene = { because: string; says: string; set: () => Promise<Setting | Pushed> }
/** An outcome that a kind cannot have, and why. */
export type Never = { never: string }

export type KindOutcomes = Readonly<Record<FoundOutcome, Scene | Never>> & {
  /** What is missing on this machine, as a title says it; null where nothing is. */
  readonly lacks?: string | null
}

export function isNever(one: Scene | Never): one is Never {
  return 'never' in one
}

export function scene(because: string, says: string, set: () => Promise<Setting | Pushed>): Scene {
  return { because, says, set }
}

/** `$NAME` as a probe writes a variable, which no template literal can hold by itself. */
export const v = (name: string) => `$\{${name}}`

export const hostOf = (url: string) => new URL(url.replace(/^\w+:/, 'http:')).host

/** A probe of one server, whose address stands in `TARGET`. */
export function at(url: string, probe: string, variables: Record<string, string> = {}): Setting {
  return { probe, allow: [hostOf(url)], variables: { TARGET: url, ...variables } }
}

/** Answers every request with this. */
export async function page(
  status: number,
  headers: Record<string, string | string[]> = {},
  body = '',
): Promise<string> {
  return (await serve((_request, response) => response.writeHead(status, headers).end(body))).url
}

/** Greets as a server of another protocol. */
export async function stranger(scheme = 'http'): Promise<string> {
  return (await raw((socket) => socket.end('SSH-2.0-x\r\n'))).url.replace('http', scheme)
}

const ending: (() => Promise<unknown> | unknown)[] = []

/** A server that is started once, by the first scene that wants it, and stands until the end. */
export function lasting<T>(
  start: () => Promise<T & { stop: () => Promise<unknown> | unknown }>,
): () => Promise<T> {
  let started: Promise<T> | null = null
  return () => {
    started ??= start().then((server) => {
      ending.push(() => server.stop())
      return server
    })
    return started
  }
}

export async function endAll(): Promise<void> {
  for (const end of ending.splice(0)) await end()
}
