import type { Actor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'
import { env } from '#lib/server/env.ts'

/** 'open': a first visitor with the code may set up. 'closed': nobody has, and this process knows no code. */
export type SetUpState = 'open' | 'closed' | 'done'

export async function getSetUpState(_actor: Actor): Promise<SetUpState> {
  const first = await db().user.findFirst({ select: { id: true } })
  if (first) return 'done'
  return env().COUNTERSIGN_SETUP_CODE ? 'open' : 'closed'
}
