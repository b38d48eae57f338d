import { z } from 'zod'
import { mayDo } from '#lib/access/policy.ts'
import { mintActor } from '#lib/auth/mint.ts'
import { readJson } from '#lib/door/body.ts'
import { NOT_FOUND } from '#lib/door/carry-through.ts'
import { logFetchBlocked, logRefusal } from '#lib/door/log-refusal.ts'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { env } from '#lib/server/env.ts'
import { spend } from '#lib/server/rate-limit.ts'
import { fetchSource } from '#lib/templates/channels/fetch-source.ts'
import { nameFromAddress, rawAddress } from '#lib/templates/raw-address.ts'

export const access = 'session'

const asked = z.object({ team: z.string(), url: z.string().max(2_000) })
const FEW = { limit: 30, seconds: 60 }

const refusedUrl = (message: string) =>
  problem({ code: 'not_fetched', message: 'Nothing was fetched.', fields: { url: message } })

/**
 * `{team, url}` → `{source, name, finalUrl, note}`: a Markdown file from one of this instance's IMPORT_HOSTS, for whoever may
 * publish templates in the team. Writes nothing but the log of what was kept back.
 */
export const POST = route(access, async ({ request, principal }) => {
  const json = await readJson({ request, limit: 10_000 })
  if (!json.ok) return problem(json.refusal)
  const input = asked.safeParse(json.value)
  if (!input.success) return problem({ code: 'invalid', message: 'Send {"team": "…", "url": "https://…"}.' })
  const actor = await mintActor({ principal, team: input.data.team })
  if (actor === 'not_signed_in') return problem({ code: 'not_signed_in', message: 'Sign in to do this.' })
  if (actor === 'not_found' || actor.kind !== 'person') return problem(NOT_FOUND)
  const answer = mayDo({ actor, verb: 'template.publish' })
  if (answer !== true) {
    await logRefusal({ actor, verb: 'template.publish', because: answer })
    return problem({ code: 'forbidden', message: answer })
  }
  const address = rawAddress(input.data.url)
  if (!address.ok) return refusedUrl(address.message)
  const spent = await spend({ key: `template-fetch:${actor.userId}`, window: FEW })
  if (!spent.allowed)
    return problem(
      {
        code: 'too_many_requests',
        message: `Too many fetches. Try again in ${spent.retryAfterSeconds} seconds.`,
      },
      { headers: { 'retry-after': String(spent.retryAfterSeconds) } },
    )
  const fetched = await fetchSource({ url: address.url, allowList: env().IMPORT_HOSTS })
  if (!fetched.ok) {
    if (fetched.blockedHost !== null)
      await logFetchBlocked({ actor, host: fetched.blockedHost, why: fetched.why ?? fetched.message })
    return refusedUrl(fetched.message)
  }
  const { source, finalUrl } = fetched
  return Response.json(
    { source, name: nameFromAddress(finalUrl), finalUrl: finalUrl.href, note: address.note },
    { headers: { 'cache-control': 'no-store' } },
  )
})
