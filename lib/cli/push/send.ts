import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { type Output, PUSH_EXIT, type PushExit, type Values } from './words.ts'

const PATIENCE = 60_000
const PAUSES = [500, 2_000]
/** There is nothing to report to, which says nothing of what was pushed. */
const NO_RUN = ['no_live_run', 'other_run', 'other_commit']

const refusalSchema = z.object({
  title: z.string(),
  code: z.string(),
  errors: z.record(z.string(), z.string()).optional(),
})

type Sent = { url: string; path: string; token: string; method: 'POST' | 'PUT'; body: Uint8Array | string }

/** Sends until there is an answer. What is pushed twice is there once: a report by its content, a heartbeat by being the last. */
async function answered({ url, path, token, method, body }: Sent): Promise<Response | string> {
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(new URL(path, url), {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
        body: typeof body === 'string' ? body : new Uint8Array(body),
        signal: AbortSignal.timeout(PATIENCE),
        redirect: 'error',
      })
      if (response.status < 502 || attempt >= PAUSES.length) return response
    } catch (error) {
      if (attempt >= PAUSES.length) {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
        return `Countersign at ${url} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`
      }
    }
    await setTimeout(PAUSES[attempt])
  }
}

/** Pushes and says what came of it; `done` puts the answer into words. */
export async function push<Answer>(
  sent: Sent,
  {
    values,
    output,
    answer: schema,
    done,
  }: { values: Values; output: Output; answer: z.ZodType<Answer>; done: (answer: Answer) => string },
): Promise<PushExit> {
  const { out, err } = output
  const tell = (what: { code: string; message: string; errors?: Record<string, string> | undefined }) => {
    if (values.json === true) out(JSON.stringify({ ok: false, ...what }))
    else
      for (const line of [
        what.message,
        ...Object.entries(what.errors ?? {}).map(([name, why]) => `  ${name}: ${why}`),
      ])
        err(line)
  }
  const response = await answered(sent)
  if (typeof response === 'string') {
    tell({ code: 'unreachable', message: response })
    return PUSH_EXIT.usage
  }
  const body: unknown = await response.json().catch(() => null)
  const taken = schema.safeParse(body)
  if (response.ok && taken.success) {
    out(values.json === true ? JSON.stringify({ ok: true, ...(body as object) }) : done(taken.data))
    return PUSH_EXIT.ok
  }
  const said = refusalSchema.safeParse(body)
  if (!said.success) {
    tell({
      code: 'unreachable',
      message: `${sent.url} answered ${response.status} and gave no reason: is it a Countersign?`,
    })
    return PUSH_EXIT.usage
  }
  const { title, code, errors } = said.data
  tell({ code, message: title, errors })
  if (!NO_RUN.includes(code)) return PUSH_EXIT.refused
  return values['if-run'] === true ? PUSH_EXIT.ok : PUSH_EXIT.noRun
}
