import type { Observation } from './observation.ts'

/** `target`: host and port; `unknown` where an older observation does not say. */
export type Block = { target: string; why: string }

/**
 * Everything that the network guard refused during an observation, wherever it stands: in any look of a window, in any part of a composite,
 * and also where the look went on without what it asked for. What the whole came to plays no part.
 */
export function blocksOf(seen: Observation): Block[] {
  // What a window has of its own is that of its last look.
  if (seen.kind === 'window') return seen.samples.flatMap(blocksOf)
  const parts = seen.kind === 'composite' ? seen.parts.flatMap(({ look }) => blocksOf(look)) : []
  return [...ownBlocks(seen), ...parts]
}

/** The look that was taken last: of a window the others were known before. */
export function newestLook(seen: Observation): Observation {
  return seen.kind === 'window' ? (seen.samples.at(-1) ?? seen) : seen
}

function ownBlocks({ blocked, error, connection }: Observation): Block[] {
  if (blocked !== undefined) return blocked.map(({ why, ...place }) => ({ target: printed(place), why }))
  // Older observations have the one that ended them, and nothing of others.
  if (error?.kind !== 'blocked') return []
  return [{ target: connection === null ? 'unknown' : printed(connection), why: error.message }]
}

function printed({ host, port }: { host: string; port: number }): string {
  return `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}
