import { mayDo } from '#lib/access/policy.ts'
import { mintActor } from '#lib/auth/mint.ts'
import { NOT_FOUND } from '#lib/door/carry-through.ts'
import { logRefusal } from '#lib/door/log-refusal.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { loadSample } from '#lib/server/sample-loader.ts'

export const access = 'session'

/** Loads a sample team for the administrator of this instance: 201 `{team, name, target, members}` with passwords shown once. */
export const POST = route(access, async ({ principal }) => {
  const actor = await mintActor({ principal, team: null })
  if (actor === 'not_signed_in') return problem({ code: 'not_signed_in', message: 'Sign in to do this.' })
  if (actor === 'not_found' || actor.kind !== 'person') return problem(NOT_FOUND)
  const answer = mayDo({ actor, verb: 'team.create' })
  if (answer !== true) {
    await logRefusal({ actor, verb: 'team.create', because: answer })
    return problem({ code: 'forbidden', message: answer })
  }
  const loaded = await loadSample({ ownerId: actor.userId })
  if (!loaded.ok) return problem(loaded.refusal)
  return Response.json(loaded.value, { status: 201, headers: { 'cache-control': 'no-store' } })
})
