import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { decideSignOut } from '#lib/people/sign-out.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'
import { endSessions } from './end-sessions.ts'

export const signOut = command({
  name: 'account.signOut',
  scope: 'account',
  input: z.object({}),
  async facts(_tx, _input, actor) {
    if (actor.kind !== 'person') return null
    const idHash = new Uint8Array(Buffer.from(actor.sessionIdHash, 'hex'))
    return { stream: SYSTEM_STREAM, teamId: null, userId: actor.userId, idHash }
  },
  decide: decideSignOut,
  async apply(tx, idHash) {
    await endSessions(tx, { ids: [idHash], reason: 'signed_out' })
  },
})
