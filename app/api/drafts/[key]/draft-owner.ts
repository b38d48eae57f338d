import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { isDraftKey } from '#lib/server/drafts.ts'
import { ok, type Result, refuse } from '#lib/shared/result.ts'

/** Whose draft a request is about: the signed-in person's own, never another's. */
export async function draftOwner({
  principal,
  key,
}: {
  principal: Principal
  key: string
}): Promise<Result<{ userId: string; key: string }>> {
  const actor = await mintActor({ principal, team: null })
  if (typeof actor === 'string' || actor.kind !== 'person')
    return refuse({ code: 'not_signed_in', message: 'Sign in first.' })
  const name = decoded(key)
  if (name === null || !isDraftKey(name))
    return refuse({ code: 'invalid', message: 'A draft’s name has up to 200 letters, digits and _ : . @ -' })
  return ok({ userId: actor.userId, key: name })
}

/** Null for a lone percent sign: no draft has one in its name. */
function decoded(key: string): string | null {
  try {
    return decodeURIComponent(key)
  } catch {
    return null
  }
}
