import type { z } from 'zod'
import type { Actor } from '#lib/access/actor.ts'
import { mayDo } from '#lib/access/policy.ts'
import { append, appending, lockStream, openStream, textsWriting, writeTexts } from '#lib/audit/append.ts'
import { type PendingText, textHash } from '#lib/audit/texts.ts'
import type { Tx } from '#lib/server/db.ts'
import { newId, newSalt } from '#lib/server/ids.ts'
import type { Sql, SqlTx } from '#lib/server/sql.ts'
import { ok, type Refusal, type Result, refuse } from '#lib/shared/result.ts'
import type { CommandSpec, Committed, Decision, Facts, StreamClock, SwiftSpec } from './command.ts'
import { type Remembered, recall, remembering } from './idempotency.ts'

export const NOT_FOUND: Refusal = {
  code: 'not_found',
  message: 'There is no such thing here, or it is not yours to see.',
}

export type Outcome<Value> = { result: Result<Committed<Value>>; hints?: string[]; denied?: string }

type Plan<Input extends z.ZodType, Value> = CommandSpec<Input, Facts, unknown, Value, unknown>
type SwiftPlan<Input extends z.ZodType, Value> = SwiftSpec<Input, Facts, unknown, Value>

export type Carried<Input extends z.ZodType> = {
  input: z.infer<Input>
  actor: Actor
  remembered: Remembered | null
  supplied: Date | null
  requestId: string | null
}

/** A refusal by the policy table, or null. */
function denial<Input extends z.ZodType>(
  spec: Pick<Plan<Input, unknown>, 'name' | 'subject'>,
  { facts, input, actor }: { facts: Facts; input: z.infer<Input>; actor: Actor },
): Outcome<never> | null {
  const answer = mayDo({ actor, verb: spec.name, subject: spec.subject?.(facts, input) ?? {} })
  if (answer === true) return null
  return { result: refuse({ code: 'forbidden', message: answer }), denied: answer }
}

type Changed<Value> = Decision<unknown, Value> & { kind: 'changed' }
type Decided<Value> =
  | { outcome: Outcome<Value>; changed: null }
  | { outcome: null; changed: Changed<Value>; texts: PendingText[] }

/** The rule's word, and the texts that it wants to have written. */
function decided<Input extends z.ZodType, Value>(
  spec: Pick<Plan<Input, Value>, 'decide'>,
  { facts, clock, carried }: { facts: Facts; clock: StreamClock; carried: Carried<Input> },
): Decided<Value> {
  const { input, actor, supplied } = carried
  const texts: PendingText[] = []
  const write = (body: string) => {
    const salt = newSalt()
    const text = { textId: newId(), hash: textHash({ salt, body }), salt, body }
    texts.push(text)
    return { textId: text.textId, hash: text.hash }
  }
  const decision = spec.decide(facts, input, { actor, ...clock, supplied, newId, write })
  if (decision.kind === 'refused') return { outcome: { result: refuse(decision.refusal) }, changed: null }
  if (decision.kind === 'unchanged')
    return { outcome: { result: ok({ value: decision.value, seq: clock.seq }) }, changed: null }
  return { outcome: null, changed: decision, texts }
}

/** One attempt inside a transaction of Prisma's. */
export async function carryThrough<Input extends z.ZodType, Value>(
  tx: Tx,
  { spec, prepared, carried }: { spec: Plan<Input, Value>; prepared: unknown; carried: Carried<Input> },
): Promise<Outcome<Value>> {
  const { input, actor, remembered, supplied, requestId } = carried
  if (remembered) {
    const before = await recall<Value>({ tx, remembered })
    if (before) return { result: before }
  }
  const facts = await spec.facts(tx, input, actor, prepared)
  if (!facts) return { result: refuse(NOT_FOUND) }
  const denied = denial(spec, { facts, input, actor })
  if (denied) return denied
  const clock = await lockStream({ tx, stream: facts.stream, supplied })
  const { seq, now } = clock
  const { outcome, ...said } = decided(spec, { facts, clock, carried })
  if (outcome || !said.changed) return outcome ?? { result: refuse(NOT_FOUND) }
  const { changed, texts } = said

  const opened = changed.opens
  if (opened)
    await openStream({
      tx,
      stream: opened.id,
      teamId: opened.teamId,
      kind: opened.kind,
      sample: opened.sample,
    })
  await writeTexts({
    tx,
    stream: opened?.kind === 'run' ? opened.id : facts.stream,
    teamId: opened?.teamId ?? facts.teamId,
    texts,
  })
  await spec.apply(tx, changed.change, facts)
  if (opened) {
    const begins = opened.sample ? (opened.at ?? now) : now
    await append({ tx, stream: opened.id, seq: 0, now: begins, actor, entries: opened.entries, requestId })
  }
  const { entries, value } = changed
  const last = await append({ tx, stream: facts.stream, seq, now, actor, entries, requestId })
  const committed = { value, seq: last }
  if (remembered) await tx.$executeRaw(remembering({ remembered, committed, now }))
  return { result: ok(committed), hints: [facts.stream] }
}

/** One attempt of a swift command: the same steps in the same order, with what is to be written handed back to be sent at once. */
export async function carrySwiftly<Input extends z.ZodType, Value>(
  tx: SqlTx,
  { spec, carried }: { spec: SwiftPlan<Input, Value>; carried: Carried<Input> },
): Promise<{ answer: Outcome<Value>; writes: readonly Sql[] }> {
  const { input, actor, remembered, supplied, requestId } = carried
  const nothing = (answer: Outcome<Value>) => ({ answer, writes: [] })
  const reading = spec.facts(tx, input, actor, supplied)
  // Sent right behind the lock: a first request under this key that is still under way has been answered by then.
  const [before, facts] = await Promise.all([remembered ? recall<Value>({ tx, remembered }) : null, reading])
  if (before) return nothing({ result: before })
  if (!facts) return nothing({ result: refuse(NOT_FOUND) })
  const denied = denial(spec, { facts, input, actor })
  if (denied) return nothing(denied)
  const { clock, stream, teamId } = facts
  const { outcome, ...said } = decided(spec, { facts, clock, carried })
  if (outcome || !said.changed) return nothing(outcome ?? { result: refuse(NOT_FOUND) })
  const { changed, texts } = said
  const { last, statement } = appending({ stream, ...clock, actor, entries: changed.entries, requestId })
  const committed = { value: changed.value, seq: last }
  return {
    answer: { result: ok(committed), hints: [stream] },
    writes: [
      ...textsWriting({ stream, teamId, texts }),
      ...spec.writes(changed.change, facts),
      statement,
      ...(remembered ? [remembering({ remembered, committed, now: clock.now })] : []),
    ],
  }
}
