import { z } from 'zod'
import type { Actor } from '#lib/access/actor.ts'
import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { db } from '#lib/server/db.ts'
import { hint } from '#lib/server/live-hint.ts'
import { currentRequest, noteRequest } from '#lib/server/requests.ts'
import { inOneGo } from '#lib/server/sql.ts'
import { countCommand } from '#lib/server/telemetry.ts'
import { type Refusal, type Result, refuse } from '#lib/shared/result.ts'
import { carrySwiftly, carryThrough, NOT_FOUND } from './carry-through.ts'
import type { Command, Committed } from './command.ts'
import { requestHash } from './idempotency.ts'
import { invalidInput } from './invalid-input.ts'
import { logRefusal } from './log-refusal.ts'
import { withRetries } from './retries.ts'
import { unstorableField } from './storable.ts'

export type Call = {
  principal: Principal
  input: unknown
  /** The same key and body gives the same answer; another body is refused. */
  idempotencyKey?: string | undefined
  requestId?: string | undefined
  /** A supplied clock: counts only in sample streams and in databases named test_…. */
  at?: Date | undefined
}

const NOT_SIGNED_IN: Refusal = { code: 'not_signed_in', message: 'Sign in to do this.' }

function notText(field: string): Refusal {
  const fields = { [field]: 'This holds a character that is not text. Type it again without it.' }
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
  if (!parsed.success) return refuse(invalidInput(parsed.error))
  const unstorable = unstorableField(parsed.data)
  if (unstorable !== null) return refuse(notText(unstorable))
  const team = command.scope === 'team' ? teamOf.parse(parsed.data).team : null
  const actor = await mintActor({ principal: call.principal, team })
  if (actor === 'not_signed_in') return refuse(NOT_SIGNED_IN)
  if (actor === 'not_found') return refuse(NOT_FOUND)

  const { spec } = command
  const swift = 'writes' in spec
  const prepared = swift ? undefined : await spec.prepare?.(parsed.data, actor)
  if (prepared && !prepared.ok) return prepared

  // A secret that is shown once is not kept to be shown again.
  const isKept = swift || !spec.secret
  const carried = {
    input: parsed.data,
    actor,
    remembered:
      call.idempotencyKey && isKept
        ? {
            principal: principalKey(actor),
            key: call.idempotencyKey,
            requestHash: requestHash({ name: command.name, input: parsed.data }),
          }
        : null,
    supplied: call.at ?? null,
    requestId: call.requestId ?? currentRequest()?.id ?? null,
  }
  const outcome = await withRetries(() =>
    swift
      ? inOneGo((tx) => carrySwiftly(tx, { spec, carried }))
      : db().$transaction((tx) => carryThrough(tx, { spec, prepared: prepared?.value, carried }), {
          maxWait: 10_000,
          timeout: 20_000,
        }),
  )
  if (outcome.hints) for (const stream of outcome.hints) hint(stream)
  if (outcome.denied) await logRefusal({ actor, verb: command.name, because: outcome.denied })
  return outcome.result
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
