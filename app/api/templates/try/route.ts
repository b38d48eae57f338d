import { z } from 'zod'
import { readJson } from '#lib/door/body.ts'
import { logLookBlocked } from '#lib/door/log-refusal.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { parseProbe } from '#lib/probes/annotation.ts'
import { isPulledConfig } from '#lib/probes/pushed.ts'
import { tryProbe } from '#lib/templates/commands.ts'
import { tryOnce } from '#lib/templates/worker/try-probe.ts'

export const access = 'session'

const asked = z.object({ team: z.string(), service: z.string(), environment: z.string(), probe: z.string() })

/**
 * `{team, service, environment, probe}` → `{seen, judgement, offers}`: one look of a probe that is not published yet, for whoever
 * may publish it. Closing the request ends the look.
 */
export const POST = route(access, async ({ request, principal }) => {
  const json = await readJson({ request, limit: 50_000 })
  if (!json.ok) return problem(json.refusal)
  const input = asked.safeParse(json.value)
  if (!input.success)
    return problem({ code: 'invalid', message: 'Send {"team", "service", "environment", "probe"}.' })
  const begun = await runCommand(tryProbe, { principal, input: input.data })
  if (!begun.ok) return problem(begun.refusal)
  const parsed = parseProbe(input.data.probe)
  const { environmentId } = begun.value.value
  const { tried, blocks } =
    parsed.ok && isPulledConfig(parsed.config)
      ? await tryOnce({ config: parsed.config, environmentId, signal: request.signal })
      : { tried: null, blocks: [] }
  await logLookBlocked({ principal, team: input.data.team, environmentId, blocks })
  if (tried === null) return problem({ code: 'cancelled', message: 'The look was ended before it was over.' })
  return Response.json(tried, { headers: { 'cache-control': 'no-store' } })
})
