import { parseProbe } from '#lib/probes/annotation.ts'
import type { ProbeConfig } from '#lib/probes/config.ts'
import type { JudgedCondition, ProbeJudge } from '#lib/probes/judged.ts'
import { type Look, lookSchema } from '#lib/probes/observation.ts'
import { ANSWER } from '../observations.ts'

/** Parts of what was seen; an object changes the part of the same name, anything else takes its place. */
export type Patch = { readonly [name: string]: unknown }
/** What the probe says behind its head, what differs from the good look, and each condition as judged: `result: observed`. */
export type JudgeRow = readonly [says: string, differs: Patch, ...judged: string[]]
/** One kind's judge by examples. `seen`: a look in which all is well; `refused`: what a refused connection means. */
export type JudgeCases = {
  readonly head: string
  readonly refused: 'fail' | 'error'
  readonly seen: Patch
  readonly rows: readonly [JudgeRow, ...JudgeRow[]]
}

const { v, at, configHash, connection, phases, error } = ANSWER
const BASE: Patch = { v, at, configHash, connection, phases, error }

function isPatch(value: unknown): value is Patch {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function patched(whole: Patch, patch: Patch): Patch {
  const changed = Object.entries(patch).map(([name, value]) => {
    const old = whole[name]
    return [name, isPatch(value) && isPatch(old) ? patched(old, value) : value] as const
  })
  return { ...whole, ...Object.fromEntries(changed) }
}

export function caseOf(
  { head, seen }: JudgeCases,
  [says, differs]: JudgeRow,
): { config: ProbeConfig; look: Look } {
  const parsed = parseProbe(`${head} ${says}`)
  if (!parsed.ok) throw new Error(`${parsed.problem.message} at ${parsed.problem.offset} of ${head} ${says}`)
  const { config } = parsed
  return { config, look: lookSchema.parse(patched({ ...BASE, kind: config.kind, ...seen }, differs)) }
}

/** A judged condition as the rows say it; what was wanted stands behind it where it says more than the condition. */
export function said({ result, observed, wanted, level }: JudgedCondition): string {
  return `${level === 'warn' ? 'warn ' : ''}${result}: ${observed} (${wanted})`
}

/** All that a judge says of a look: each condition, and where it decides by itself the outcome with its line. */
export function saidBy(judge: ProbeJudge, { config, look }: { config: ProbeConfig; look: Look }): string[] {
  const whole = judge.whole?.(config, look)
  const last = whole === undefined ? [] : [`${whole.outcome}: ${whole.line}`]
  return [...judge.conditions(config, look).map(said), ...last]
}
