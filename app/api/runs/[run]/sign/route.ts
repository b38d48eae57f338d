import { z } from 'zod'
import { readJson } from '#lib/door/body.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { sign } from '#lib/runs/commands/sign.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { NO_RUN, runReader } from '../run-reader.ts'

export const access = 'session'

// The canonical text is JSON inside JSON: its quotes and backslashes are written twice.
const MOST = LIMITS.signingTextBytes * 2
const body = z.object({ key: z.uuid(), input: z.record(z.string(), z.unknown()) })

/**
 * `{key, input}` → `{value, seq}`. A route and no server action: those end at LIMITS.actionBytes and at what proxy.ts lets
 * through, and the text of a large run is longer. Read only for a member of the run's team.
 */
export const POST = route<{ run: string }>(access, async ({ request, principal }, { run: runId }) => {
  const reader = await runReader({ principal, runId })
  if (!reader) return problem(NO_RUN)
  const json = await readJson({ request, limit: MOST })
  if (!json.ok) return problem(json.refusal)
  const parsed = body.safeParse(json.value)
  if (!parsed.success) return problem({ code: 'invalid', message: 'Send {"key": "…", "input": {…}}.' })
  const { key, input } = parsed.data
  const result = await runCommand(sign, {
    principal,
    input: { ...input, ...reader.address },
    idempotencyKey: key,
  })
  return result.ok ? Response.json(result.value) : problem(result.refusal)
})
