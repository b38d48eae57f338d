import type { z } from 'zod'
import type { Actor } from '#lib/access/actor.ts'
import type { Subject, Verb } from '#lib/access/policy.ts'
import type { AuditEntries } from '#lib/audit/events.ts'
import type { WrittenText } from '#lib/audit/texts.ts'
import type { Tx } from '#lib/server/db.ts'
import type { Sql, SqlTx } from '#lib/server/sql.ts'
import type { Refusal, Result } from '#lib/shared/result.ts'
import { register } from './registry.ts'

/** A stream that comes into being with the change: a new team or a new run. */
export type NewStream = {
  id: string
  teamId: string | null
  kind: 'run' | 'team'
  sample: boolean
  /** When it begins, if not now: only a sample stream may begin in the past. */
  at?: Date
  entries: AuditEntries
}

export type Decision<Change, Value> =
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'unchanged'; value: Value }
  | { kind: 'changed'; change: Change; value: Value; entries: AuditEntries; opens?: NewStream }

/** What a decision may use beside its facts: who, when, and fresh ids, so that it stays pure. */
export type DecideContext = {
  actor: Actor
  now: Date
  /** The caller's clock, for a decision that opens a sample stream; every other decision goes by `now`. */
  supplied?: Date | null
  newId: () => string
  /** The stream's last sequence number: the first entry of the decision gets the next one. */
  seq: number
  /** Puts a free text into the side table (if the change happens) and gives what the log may hold of it. */
  write: (body: string) => WrittenText
}

export type Facts = {
  /** The audit stream that the change belongs to; its lock is taken after the facts. */
  stream: string
  teamId: string | null
}

/** The stream's last sequence number, and the time, read after the stream's lock. */
export type StreamClock = { seq: number; now: Date }

export type CommandSpec<Input extends z.ZodType, F extends Facts, Change, Value, Prepared> = {
  /** Imperative verb + noun, the same word as the policy verb: `run.tickItem`. */
  name: Verb
  input: Input
  /** 'team': the input names a team (`team`: its slug) and the actor is minted inside it. 'account': the actor has no team. */
  scope: 'team' | 'account'
  /** True when the answer holds a secret that is shown once: such an answer is not kept under the idempotency key. */
  secret?: boolean
  /** Slow work that must not hold a lock, such as checking a password; may refuse. */
  prepare?: (input: z.infer<Input>, actor: Actor) => Promise<Result<Prepared>>
  /** Locks and loads what the rule needs, inside the actor's team. Null: absent or foreign, which look the same. */
  facts: (tx: Tx, input: z.infer<Input>, actor: Actor, prepared: Prepared) => Promise<F | null>
  subject?: (facts: F, input: z.infer<Input>) => Subject
  /** Pure. */
  decide: (facts: F, input: z.infer<Input>, context: DecideContext) => Decision<Change, Value>
  /** Writes the change; no ifs. */
  apply: (tx: Tx, change: Change, facts: F) => Promise<void>
}

/**
 * A command that is sent so often that its round trips count. Its facts come by plain statements, the stream's lock and clock with
 * them, and its change is written by statements that are known before the first is sent.
 */
export type SwiftSpec<Input extends z.ZodType, F extends Facts, Change, Value> = Pick<
  CommandSpec<Input, F, Change, Value, undefined>,
  'name' | 'input' | 'scope' | 'subject' | 'decide'
> & {
  /** As in CommandSpec; `supplied`: the caller's clock, for `stream_clock`. Sends its lock before it awaits anything. */
  facts: (
    tx: SqlTx,
    input: z.infer<Input>,
    actor: Actor,
    supplied: Date | null,
  ) => Promise<(F & { clock: StreamClock }) | null>
  /** Pure. */
  writes: (change: Change, facts: F) => readonly Sql[]
}

/** What every committed or unchanged command answers: its value and the stream's sequence number after it. */
export type Committed<Value> = { value: Value; seq: number }

export type Command<Input extends z.ZodType = z.ZodType, Value = unknown> = {
  name: Verb
  input: Input
  scope: 'team' | 'account'
  /** Erased on purpose: only the door runs it. */
  spec: CommandSpec<Input, Facts, unknown, Value, unknown> | SwiftSpec<Input, Facts, unknown, Value>
}

/** Declares and registers a command; the door alone runs it. */
export function command<Input extends z.ZodType, F extends Facts, Change, Value, Prepared = undefined>(
  spec: CommandSpec<Input, F, Change, Value, Prepared>,
): Command<Input, Value> {
  const declared = {
    name: spec.name,
    input: spec.input,
    scope: spec.scope,
    spec: spec as unknown as CommandSpec<Input, Facts, unknown, Value, unknown>,
  }
  register(declared as unknown as Command)
  return declared
}

/** As `command`, for what is pressed all day: three round trips a change instead of eight. */
export function swiftCommand<Input extends z.ZodType, F extends Facts, Change, Value>(
  spec: SwiftSpec<Input, F, Change, Value>,
): Command<Input, Value> {
  const declared = {
    name: spec.name,
    input: spec.input,
    scope: spec.scope,
    spec: spec as unknown as SwiftSpec<Input, Facts, unknown, Value>,
  }
  register(declared as unknown as Command)
  return declared
}
