import { z } from 'zod'
import { isMember, type MemberActor } from '#lib/access/actor.ts'
import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { type FoundRun, getRunAddress } from '#lib/runs/read/run-address.ts'
import type { Refusal } from '#lib/shared/result.ts'

export const NO_RUN: Refusal = {
  code: 'not_found',
  message: 'There is no such run, or it is not yours to see.',
}

/** Who asks for a run by its id, minted inside the run's own team; null when it is absent or foreign, which look the same. */
export async function runReader({
  principal,
  runId,
}: {
  principal: Principal
  runId: string
}): Promise<{ actor: MemberActor; address: FoundRun } | null> {
  const person = await mintActor({ principal, team: null })
  if (typeof person === 'string' || !z.uuid().safeParse(runId).success) return null
  const address = await getRunAddress(person, runId)
  if (!address) return null
  const actor = await mintActor({ principal, team: address.team })
  return typeof actor !== 'string' && isMember(actor) ? { actor, address } : null
}
