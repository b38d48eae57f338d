import { z } from 'zod'
import { readJson } from '#lib/door/body.ts'
import { logLookBlocked } from '#lib/door/log-refusal.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { tryConnection as look } from '#lib/probes/worker/try-connection.ts'
import { tryConnection } from '#lib/services/commands/try-connection.ts'

export const access = 'session'

const asked = z.object({
  team: z.string(),
  service: z.string(),
  environment: z.string(),
  of: z.enum(['variable', 'entry']),
  name: z.string(),
})

/**
 * `{team, service, environment, of, name}` → `{outcome, words, allow}`: one look at a saved address, for whoever may change the
 * environment. Closing the request ends the look.
 */
export const POST = route(access, async ({ request, principal }) => {
  const json = await readJson({ request, limit: 10_000 })
  if (!json.ok) return problem(json.refusal)
  const input = asked.safeParse(json.value)
  if (!input.success)
    return problem({
      code: 'invalid',
      message: 'Send {"team", "service", "environment", "of": "variable" or "entry", "name"}.',
    })
  const begun = await runCommand(tryConnection, { principal, input: input.data })
  if (!begun.ok) return problem(begun.refusal)
  const { environmentId } = begun.value.value
  const { tried, blocks } = await look({ ref: input.data, environmentId, signal: request.signal })
  await logLookBlocked({ principal, team: input.data.team, environmentId, blocks })
  if (tried === null) return problem({ code: 'cancelled', message: 'The look was ended before it was over.' })
  return Response.json(tried, { headers: { 'cache-control': 'no-store' } })
})
