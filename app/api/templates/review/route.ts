import { mintActor } from '#lib/auth/mint.ts'
import { readJson } from '#lib/door/body.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { reviewSource } from '#lib/templates/review.ts'

export const access = 'session'

// JSON may spell a character in six bytes; the source itself is held to its own limit.
const MOST = LIMITS.templateBytes * 6

/** `{source}` → what an import of it would understand. Reads nothing and writes nothing; for people signed in. */
export const POST = route(access, async ({ request, principal }) => {
  const actor = await mintActor({ principal, team: null })
  if (typeof actor === 'string') return problem({ code: 'not_signed_in', message: 'Sign in first.' })
  const json = await readJson({ request, limit: MOST })
  if (!json.ok) return problem(json.refusal)
  const body = json.value
  const source = typeof body === 'object' && body !== null && !Array.isArray(body) ? body.source : null
  if (typeof source !== 'string') return problem({ code: 'invalid', message: 'Send {"source": "…"}.' })
  return Response.json(reviewSource(source), { headers: { 'cache-control': 'no-store' } })
})
