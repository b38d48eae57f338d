import type { Judgement } from '#lib/probes/judgement.ts'
import type { Look } from '#lib/probes/observation.ts'

/** What came of trying a probe once: what was seen, what it means, and conditions that would be met by it. */
export type Tried = { seen: Look; judgement: Judgement; offers: string[] }

/** An environment that a probe can be tried in. */
export type TryPlace = { service: string; environment: string; label: string }
