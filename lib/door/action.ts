import { headers } from 'next/headers'
import type { z } from 'zod'
import { currentPrincipal } from '#lib/auth/principal.ts'
import { env } from '#lib/server/env.ts'
import { newId } from '#lib/server/ids.ts'
import { log } from '#lib/server/log.ts'
import { currentRequest, noteRequest } from '#lib/server/requests.ts'
import { type Refusal, type Result, refuse } from '#lib/shared/result.ts'
import type { Command, Committed } from './command.ts'
import { isOwnOrigin } from './origin.ts'
import { runCommand } from './run-command.ts'

const FOREIGN: Refusal = {
  code: 'foreign_origin',
  message: 'This request did not come from a page of Countersign, so it was not carried out.',
}

/** A server action's shape: the input, and a key that makes sending it twice harmless. */
export type Action<Input, Value> = (input: Input, key?: string) => Promise<Result<Committed<Value>>>

function surprise(requestId: string): Refusal {
  return {
    code: 'surprise',
    message: `Something went wrong on our side and nothing was changed. Try again; if it stays, give your administrator the request id ${requestId}.`,
  }
}

/**
 * Makes the server action of a command; the only way from a browser to the door. `answered`: what is done about an answer before it is
 * given, such as setting going what a refusal waits for.
 */
export function action<Input extends z.ZodType, Value>(
  command: Command<Input, Value>,
  answered: (
    result: Result<Committed<Value>>,
    input: z.input<Input>,
  ) => Promise<Result<Committed<Value>>> = async (result) => result,
): Action<z.input<Input>, Value> {
  return async (input, key) => {
    const requestId = currentRequest()?.id ?? newId()
    const sent = await headers()
    const own = isOwnOrigin({
      origin: sent.get('origin'),
      fetchSite: sent.get('sec-fetch-site'),
      host: sent.get('host'),
      publicUrl: env().PUBLIC_URL,
    })
    noteRequest({ command: command.name })
    if (!own) {
      noteRequest({ refusal: FOREIGN.code })
      return refuse(FOREIGN)
    }
    try {
      const result = await runCommand(command, {
        principal: await currentPrincipal(),
        input,
        idempotencyKey: key,
        requestId,
      })
      return await answered(result, input)
    } catch (error) {
      noteRequest({ refusal: 'surprise' })
      log().error({ err: error, command: command.name }, 'command failed')
      return refuse(surprise(requestId))
    }
  }
}
