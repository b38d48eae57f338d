import { z } from 'zod'
import { mayDo } from '#lib/access/policy.ts'
import { announcedTooMuch, bodyChunks, letGo, TooLarge } from '#lib/door/body.ts'
import { invalidInput } from '#lib/door/invalid-input.ts'
import { problem } from '#lib/door/problem.ts'
import { type RouteContext, route } from '#lib/door/route.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { attachEvidence } from '#lib/runs/commands/attachments.ts'
import { spend } from '#lib/server/rate-limit.ts'
import { keepFile, type StoredFile } from '#lib/server/stored-files.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { sizeWords } from '#lib/shared/size-words.ts'
import { NO_RUN, runReader } from '../../../run-reader.ts'

export const access = 'session'

const MOST = LIMITS.attachmentBytes
const UPLOADS = { limit: 60, seconds: 60 }
const TOO_LARGE = `A file has at most ${sizeWords(MOST)}. Put the part that matters here, and a link to the rest.`

const query = z.object({
  name: z.string(),
  note: z.string().nullable().default(null),
  replaces: z.uuid().nullable().default(null),
})

type Params = { run: string; key: string }

/** Writes the body as it arrives; null when it was longer than it may be. */
async function keep(request: Request, teamId: string): Promise<StoredFile | null> {
  try {
    return await keepFile({ teamId, source: bodyChunks({ request, limit: MOST }) })
  } catch (error) {
    if (error instanceof TooLarge) return null
    throw error
  }
}

async function attach({ request, principal, requestId }: RouteContext, { run: runId, key }: Params) {
  const reader = await runReader({ principal, runId })
  if (reader === null) return problem(NO_RUN)
  const { actor, address } = reader
  const may = mayDo({ actor, verb: 'run.attachEvidence' })
  if (may !== true) return problem({ code: 'forbidden', message: may })
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (!asked.success) return problem(invalidInput(asked.error))
  const announced = await announcedTooMuch({ request, limit: MOST, words: TOO_LARGE })
  if (announced) return problem(announced)
  const spent = await spend({ key: `upload:${actor.userId}`, window: UPLOADS })
  if (!spent.allowed) {
    const message = `You sent ${UPLOADS.limit} files within a minute. Try again in ${spent.retryAfterSeconds} s.`
    return problem({ code: 'too_many_requests', message })
  }
  const file = await keep(request, actor.team.id)
  if (file === null) return problem({ code: 'too_large', message: TOO_LARGE })
  if (file.bytes === 0)
    return problem({ code: 'invalid', message: 'This file is empty, so it shows nothing.' })
  const input = { ...asked.data, ...address, key, kind: 'file', fileId: file.fileId }
  const result = await runCommand(attachEvidence, { principal, input, requestId })
  if (!result.ok) return problem(result.refusal)
  return Response.json(result.value, { status: 201, headers: { 'cache-control': 'no-store' } })
}

/** POST the file itself, `?name=&note=&replaces=`: puts it behind an item. The answer is the item as it is then. */
export const POST = route<Params>(access, async (context, params) => {
  const response = await attach(context, params)
  if (!context.request.bodyUsed) await letGo(context.request)
  return response
})
