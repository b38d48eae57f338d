import type { Actor, TokenActor } from '#lib/access/actor.ts'
import { mayDo, type Verb } from '#lib/access/policy.ts'
import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { logRefusal } from '#lib/door/log-refusal.ts'
import { problem } from '#lib/door/problem.ts'
import { spend } from '#lib/server/rate-limit.ts'

/** What one token may push: more than any pipeline does, less than what fills a disk. */
const PUSHES = { limit: 120, seconds: 60 }

export type Pipeline = Actor & TokenActor

/** The pipeline whose token this is, with the right to do what `verb` says and not too often; else the answer. */
export async function pipelineOf(principal: Principal, verb: Verb): Promise<Pipeline | Response> {
  const actor = await mintActor({ principal, team: null })
  if (typeof actor === 'string')
    return problem(
      { code: 'not_signed_in', message: 'This token is unknown, expired or revoked.' },
      { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } },
    )
  const may = mayDo({ actor, verb })
  if (may !== true || actor.kind !== 'token') {
    const because = may === true ? 'A pipeline does this, with a token of the service.' : may
    await logRefusal({ actor, verb, because })
    return problem({ code: 'forbidden', message: because })
  }
  const spent = await spend({ key: `push:${actor.tokenId}`, window: PUSHES })
  if (spent.allowed) return actor
  return problem(
    {
      code: 'too_many_requests',
      message: `This token pushed ${PUSHES.limit} times within a minute. Try again in ${spent.retryAfterSeconds} s.`,
    },
    { headers: { 'retry-after': String(spent.retryAfterSeconds) } },
  )
}
