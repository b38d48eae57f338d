import { PROBE_KINDS, type ProbeKind } from '#lib/shared/codes.ts'
import type { ProbeGrammar } from './kind.ts'
import { compositeGrammar } from './kinds/composite.ts'
import { heartbeatGrammar } from './kinds/heartbeat.ts'
import { reportGrammar } from './kinds/report.ts'
import { SINGLE } from './single-kinds.ts'

/** Several probes of other kinds, judged together: it looks, and has no channel of its own. */
const JOINED = { composite: compositeGrammar } as const

/** Nobody asks for these: they are pushed by whoever has them, so they have no channel, no deadline and no window. */
const PUSHED = { report: reportGrammar, heartbeat: heartbeatGrammar } as const
const PUSHED_KINDS = ['report', 'heartbeat'] as const satisfies readonly PushedKind[]

const GRAMMARS = { ...SINGLE, ...JOINED, ...PUSHED } as const

export type PulledKind = ProbeKind
export type PushedKind = keyof typeof PUSHED
export type Kind = PulledKind | keyof typeof JOINED | PushedKind
/** Kinds that look; an allow-list entry may be for some of them alone. */
export const PULLED_KINDS = PROBE_KINDS
export const KINDS = [...PULLED_KINDS, 'composite', ...PUSHED_KINDS] as const

export function isPushed(kind: Kind): kind is PushedKind {
  return PUSHED_KINDS.some((pushed) => pushed === kind)
}
/** The grammar of a kind, for configurations that are known to be of it. */
export function grammarOf(kind: Kind): ProbeGrammar {
  return GRAMMARS[kind]
}
