import { z } from 'zod'
import { readJson } from '#lib/door/body.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { hint } from '#lib/server/live-hint.ts'
import { focusItem } from '#lib/server/presence.ts'
import { NO_RUN, runReader } from '../run-reader.ts'

export const access = 'session'

const LIMIT = 1_000
const body = z.object({ itemKey: z.string().max(200).nullable() })

/** Tells the others which item the person is writing at; null: at none any more. */
export const POST = route<{ run: string }>(access, async ({ request, principal }, { run: runId }) => {
  const json = await readJson({ request, limit: LIMIT })
  if (!json.ok) return problem(json.refusal)
  const parsed = body.safeParse(json.value)
  if (!parsed.success)
    return problem({ code: 'invalid', message: 'Send {"itemKey": "…"} or {"itemKey": null}.' })
  const reader = await runReader({ principal, runId })
  if (!reader) return problem(NO_RUN)
  await focusItem({ runId, memberId: reader.actor.team.memberId, itemKey: parsed.data.itemKey })
  hint(runId)
  return new Response(null, { status: 204 })
})
