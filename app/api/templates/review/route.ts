import { z } from 'zod'
import { isMember } from '#lib/access/actor.ts'
import { mintActor } from '#lib/auth/mint.ts'
import { readJson } from '#lib/door/body.ts'
import { NOT_FOUND } from '#lib/door/carry-through.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { ThreadTooSlow } from '#lib/server/threads.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { checkText } from '#lib/templates/check-source.ts'
import { editSchema } from '#lib/templates/edits.ts'
import { getTemplateVersion } from '#lib/templates/read.ts'
import { reviewAside } from '#lib/templates/worker/review-aside.ts'

export const access = 'session'

// JSON may spell a character in six bytes; the source itself is held to its own limit.
const MOST = LIMITS.templateBytes * 6 + 200_000

const asked = z.object({
  source: z.string(),
  edits: z
    .array(editSchema)
    .max(LIMITS.templateItems * 5)
    .default([]),
  /** With a template: what goes on from its latest version. */
  team: z.string().optional(),
  template: z.string().optional(),
})

/** `{source, edits?, team?, template?}` → what an import of it would understand. Writes nothing; for people signed in. */
export const POST = route(access, async ({ request, principal }) => {
  const person = await mintActor({ principal, team: null })
  if (typeof person === 'string') return problem({ code: 'not_signed_in', message: 'Sign in first.' })
  const json = await readJson({ request, limit: MOST })
  if (!json.ok) return problem(json.refusal)
  const input = asked.safeParse(json.value)
  if (!input.success) return problem({ code: 'invalid', message: 'Send {"source": "…", "edits": […]}.' })
  const { source, edits, team, template } = input.data
  const long = checkText(source)
  if (long?.refusal.code === 'too_large')
    return problem({ ...long.refusal, message: long.refusal.fields?.source ?? long.refusal.message })
  let earlier = null
  if (team !== undefined && template !== undefined) {
    const actor = await mintActor({ principal, team })
    if (typeof actor === 'string' || !isMember(actor)) return problem(NOT_FOUND)
    earlier = await getTemplateVersion(actor, { slug: template, number: null })
    if (earlier === null) return problem(NOT_FOUND)
  }
  try {
    const review = await reviewAside({
      source,
      edits,
      earlier: earlier && { number: earlier.number, model: earlier.model },
    })
    return Response.json(review, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    if (!(error instanceof ThreadTooSlow)) throw error
    return problem({ code: 'too_slow', message: 'This text takes too long to read. Split it in two.' })
  }
})
