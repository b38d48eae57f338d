import type { Result } from '#lib/shared/result.ts'

export type SampleMember = { name: string; email: string; password: string; does: string }
export type LoadedSample = { team: string; name: string; members: SampleMember[] }
export type LoadSample = (input: { ownerId: string }) => Promise<Result<LoadedSample>>

/** What builds the sample team after a set-up that asked for it; null where this build has none, and nobody is offered it. */
export const loadSample: LoadSample | null = null
