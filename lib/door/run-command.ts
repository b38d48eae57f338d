import { z } from 'zod'
import type { Actor } from '#lib/access/actor.ts'
import { mayDo } from '#lib/access/policy.ts'
import { append, lockStream, openStream, writeTexts } from '#lib/audit/append.ts'
import { type PendingText, textHash } from '#lib/audit/texts.ts'
import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { db, type Tx } from '#lib/server/db.ts'
import { newId, newSalt } from '#lib/server/ids.ts'
import { hint } from '#lib/server/live-hint.ts'
import { currentRequest, noteRequest } from '#lib/server/requests.ts'
import { countCommand } from '#lib/server/telemetry.ts'
import { ok, type Refusal, type Result, refuse } from '#lib/shared/result.ts'
import type { Command, Committed, Facts } from './command.ts'
import { type Remembered, recall, remember, requestHash } from './idempotency.ts'
import { logRefusal } from './log-refusal.ts'
import { withRetries } from './retries.ts'

export type Call = {
  principal: Principal
  input: unknown
  /** The same key and body gives the same answer; another body is refused. */
  idempotencyKey?: string | undefined
  requestId?: string | undefined
  /** A supplied clock: counts only in sample streams and in databases named test_…. */
  at?: Date | undefined
}

export const NOT_FOUND: Refusal = {
  code: 'not_found',
  message: 'There is no such thing here, or it is not yours to see.',
}
const NOT_SIGNED_IN: Refusal = { code: 'not_signed_in', message: 'Sign in to do this.' }

function invalid(error: z.ZodError): Refusal {
  const fields: Record<string, string> = {}
  for (const issue of error.issues) fields[issue.path.join('.') || 'input'] ??= issue.message
  return { code: 'invalid', message: 'Some fields need another value.', fields }
}

const teamOf = z.object({ team: z.string() })

/** The one door for changes: every action, route, worker and seed comes through here. Expected refusals are values. */
export async function runCommand<Input extends z.ZodType, Value>(
  command: Command<Input, Value>,
  call: Call,
): Promise<Result<Committed<Value>>> {
  const counted = (result: string) => countCommand({ name: command.name, result })
  try {
    const result = await enter(command, call)
    counted(result.ok ? 'ok' : result.refusal.code)
    noteRequest({ command: command.name, ...(result.ok ? {} : { refusal: result.refusal.code }) })
    return result
  } catch (error) {
    counted('surprise')
    throw error
  }
}

async function enter<Input extends z.ZodType, Value>(
  command: Command<Input, Value>,
  call: Call,
): Promise<Result<Committed<Value>>> {
  const parsed = command.input.safeParse(call.input)
  if (!parsed.success) return refuse(invalid(parsed.error))
  const team = command.scope === 'team' ? teamOf.parse(parsed.data).team : null
  const actor = await mintActor({ principal: call.principal, team })
  if (actor === 'not_signed_in') return refuse(NOT_SIGNED_IN)
  if (actor === 'not_found') return refuse(NOT_FOUND)

  const prepared = await command.spec.prepare?.(parsed.data, actor)
  if (prepared && !prepared.ok) return prepared

  const remembered =
    call.idempotencyKey && !command.spec.secret
      ? {
          principal: principalKey(actor),
          key: call.idempotencyKey,
          requestHash: requestHash({ name: command.name, input: parsed.data }),
        }
      : null
  const outcome = await withRetries(() =>
    db().$transaction(
      (tx) =>
        carryThrough({ tx, command, input: parsed.data, actor, prepared: prepared?.value, remembered, call }),
      {
        maxWait: 10_000,
        timeout: 20_000,
      },
    ),
  )
  if (outcome.hints) for (const stream of outcome.hints) hint(stream)
  if (outcome.denied) await logRefusal({ actor, verb: command.name, because: outcome.denied })
  return outcome.result
}

type Outcome<Value> = { result: Result<Committed<Value>>; hints?: string[]; denied?: string }

async function carryThrough<Input extends z.ZodType, Value>({
  tx,
  command,
  input,
  actor,
  prepared,
  remembered,
  call,
}: {
  tx: Tx
  command: Command<Input, Value>
  input: z.infer<Input>
  actor: Actor
  prepared: unknown
  remembered: Remembered | null
  call: Call
}): Promise<Outcome<Value>> {
  const { spec } = command
  if (remembered) {
    const before = await recall<Value>({ tx, remembered })
    if (before) return { result: before }
  }
  const facts: Facts | null = await spec.facts(tx, input, actor, prepared)
  if (!facts) return { result: refuse(NOT_FOUND) }
  const subject = spec.subject?.(facts, input) ?? {}
  const answer = mayDo({ actor, verb: command.name, subject })
  if (answer !== true) return { result: refuse({ code: 'forbidden', message: answer }), denied: answer }

  const { seq, now } = await lockStream({ tx, stream: facts.stream, supplied: call.at ?? null })
  const texts: PendingText[] = []
  const write = (body: string) => {
    const salt = newSalt()
    const text = { textId: newId(), hash: textHash({ salt, body }), salt, body }
    texts.push(text)
    return { textId: text.textId, hash: text.hash }
  }
  const decision = spec.decide(facts, input, {
    actor,
    now,
    supplied: call.at ?? null,
    newId,
    seq,
    write,
  })
  if (decision.kind === 'refused') return { result: refuse(decision.refusal) }
  if (decision.kind === 'unchanged') return { result: ok({ value: decision.value, seq }) }

  const opened = decision.opens
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
  await spec.apply(tx, decision.change, facts)
  const requestId = call.requestId ?? currentRequest()?.id ?? null
  if (opened) {
    const begins = opened.sample ? (opened.at ?? now) : now
    await append({ tx, stream: opened.id, seq: 0, now: begins, actor, entries: opened.entries, requestId })
  }
  const last = await append({
    tx,
    stream: facts.stream,
    seq,
    now,
    actor,
    entries: decision.entries,
    requestId,
  })
  const committed = { value: decision.value, seq: last }
  if (remembered) await remember({ tx, remembered, committed, now })
  return { result: ok(committed), hints: [facts.stream] }
}

function principalKey(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return `person:${actor.userId}`
    case 'token':
    case 'api_token':
      return `token:${actor.tokenId}`
    case 'system':
      return `system:${actor.name}`
    case 'anonymous':
      return `anonymous:${actor.ip}`
  }
}
