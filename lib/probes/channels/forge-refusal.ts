import type { Forge } from '#lib/probes/kinds/forge.ts'
import { ProbeStopped } from './channel.ts'

/** What a token has to be allowed, in each forge's own words. */
const RIGHTS: Readonly<Record<Forge, string>> = {
  github: 'read access to metadata, contents, pull requests, checks and commit statuses',
  gitlab: 'the scope read_api, of a member who is at least a Reporter',
}

type Refusal = {
  name: string
  forge: Forge
  what: string
  token: string | null
  status: number
  moved: boolean
}

/** Why an answer ends the attempt, with what to look at. */
export function refusalOf({ name, forge, what, token, status, moved }: Refusal): ProbeStopped {
  const said = `${name} answered ${status}`
  const held = token === null ? null : `$\{${token}}`
  if (status === 401)
    return new ProbeStopped(
      'access',
      held === null
        ? `${said}: it wants a token; name its variable with token`
        : `${said}: the token is not accepted; see whether the one in ${held} has expired or was revoked`,
    )
  const needs = `${held === null ? 'a token' : `the one in ${held}`} needs ${RIGHTS[forge]}`
  if (status === 403)
    return new ProbeStopped('access', `${said}: the token may not read this of ${what}; ${needs}`)
  if (status === 404)
    return new ProbeStopped(
      'access',
      `${said}: there is no ${what} with this commit, or the token may not see it; ${needs}`,
    )
  if (status === 422) return new ProbeStopped('query', `${said}: ${what} has no such commit`)
  if (status >= 300 && status < 400)
    return new ProbeStopped('query', `${said}: ${what} has moved${moved ? '; write its new name' : ''}`)
  return new ProbeStopped('protocol', said)
}

/** A limit that is used up, with when to ask again. */
export function limitWords({
  name,
  end,
  token,
}: {
  name: string
  end: Date | 'unknown'
  token: string | null
}): string {
  const whose = token === null ? 'the limit of questions without a token' : 'the limit of this token'
  const until = end === 'unknown' ? '; try again later' : ` until ${end.toISOString()}; try again then`
  return `${name} wants to be asked less often: ${whose} is used up${until}`
}
