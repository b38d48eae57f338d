import { mintActor } from '#lib/auth/mint.ts'
import { readJson } from '#lib/door/body.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { env } from '#lib/server/env.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { paths } from '#lib/shared/paths.ts'
import { touchApiToken } from '#lib/teams/worker.ts'
import { publishTemplate } from '#lib/templates/commands.ts'

export const access = 'token'

// JSON may spell a character in six bytes; the source itself is held to its own limit.
const MOST = LIMITS.templateBytes * 6 + 10_000
const LONGEST_KEY = 200
const UNKNOWN = 'This token is unknown, expired, revoked, or of somebody who has left.'

/**
 * POST /api/v1/templates `{team, template | name, source, note?}` with a token of scope `templates:write`: publishes the source
 * as the next version. 201 for a new version, 200 when the source is the latest one already; problem+json otherwise.
 */
export const POST = route(access, async ({ request, principal, requestId }) => {
  // Before the body: who may not ask learns nothing of what was wrong with the question.
  if ((await mintActor({ principal, team: null })) === 'not_signed_in') return unknownToken()
  const idempotencyKey = request.headers.get('idempotency-key')?.trim() || undefined
  if (idempotencyKey !== undefined && idempotencyKey.length > LONGEST_KEY)
    return problem({ code: 'invalid', message: `An Idempotency-Key has at most ${LONGEST_KEY} characters.` })
  const json = await readJson({ request, limit: MOST })
  if (!json.ok) return problem(json.refusal)
  const input = json.value
  const result = await runCommand(publishTemplate, { principal, input, idempotencyKey, requestId })
  if (!result.ok) return result.refusal.code === 'not_signed_in' ? unknownToken() : problem(result.refusal)
  if (principal.kind === 'token') touchApiToken(principal.tokenHash)
  const { slug, number, created } = result.value.value
  const team = teamOf(input)
  const path = paths.templateVersion({ team, template: slug, number })
  return Response.json(
    { team, template: slug, version: number, created, url: new URL(path, env().PUBLIC_URL).href },
    { status: created ? 201 : 200, headers: { 'cache-control': 'no-store' } },
  )
})

function unknownToken(): Response {
  return problem(
    { code: 'not_signed_in', message: UNKNOWN },
    { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
  )
}

function teamOf(input: unknown): string {
  return publishTemplate.input.parse(input).team
}
