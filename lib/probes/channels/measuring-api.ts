import type { z } from 'zod'
import type { AskedRequest } from '#lib/probes/observations/base.ts'
import { excerptOf, maskSecrets } from '#lib/probes/redact.ts'
import { type HttpAsk, plannedRequest } from '#lib/probes/request.ts'
import { ask, askedRequest, sentRequest } from './ask.ts'
import { type Attempt, ProbeStopped } from './channel.ts'

const MOST_BYTES = 10_485_760

type Asked = { path: string; query?: readonly (readonly [string, string])[] }
export type MeasuringApi = {
  /** One GET, its JSON read by a schema. Throws ProbeStopped for what is no answer. */
  get: <T>(asked: Asked, schema: z.ZodType<T>) => Promise<T>
  /** The same as text. */
  text: (asked: Asked) => Promise<string>
}
type Requests = { requests: { url: string; status: number }[]; asked?: AskedRequest | undefined }

/** The HTTP API of something that measures others, below the address of the probe. `name`: what it is called where it refuses. */
export function measuringApi(
  attempt: Attempt<{ url: string; headers: HttpAsk['headers'] }, Requests>,
  name: string,
): MeasuringApi {
  const { config, environment, details } = attempt
  const { url, headers } = config
  const planned = plannedRequest({ config: { url, headers, credentials: 'basic' }, environment })
  if (!planned.ok) throw new ProbeStopped('config', planned.message)
  attempt.secrets = planned.secrets
  const asked = async ({ path, query = [] }: Asked) => {
    const to = new URL(planned.hop.url)
    to.pathname = `${to.pathname.replace(/\/+$/, '')}${path}`
    to.search = new URLSearchParams(query.map(([key, value]) => [key, value])).toString()
    const hop = { ...planned.hop, url: to }
    details.asked ??= askedRequest(hop, { written: headers, secrets: attempt.secrets })
    const { status, body } = await ask(attempt, { hop, maxBytes: MOST_BYTES })
    details.requests.push({ url: sentRequest(hop, attempt.secrets).url, status })
    if (status === 401 || status === 403)
      throw new ProbeStopped('access', `${name} answered ${status}: it wants other credentials`)
    if (body !== null && body.cut !== null)
      throw new ProbeStopped('protocol', `the answer of ${name} is too large to read`)
    // Masked before it is read, so that nothing kept of it can hold a secret.
    const text = maskSecrets(body === null ? '' : new TextDecoder().decode(body.bytes), attempt.secrets)
    if (status === 200) return text
    const said = excerptOf(text, attempt.secrets).replace(/\s+/g, ' ').trim().slice(0, 200)
    throw new ProbeStopped('query', `${name} answered ${status}${said === '' ? '' : `: ${said}`}`)
  }
  return {
    text: asked,
    get: async (what, schema) => {
      const result = schema.safeParse(parsed(await asked(what)))
      if (result.success) return result.data
      throw new ProbeStopped('protocol', `what answered 200 is not ${name}; check the address`)
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
