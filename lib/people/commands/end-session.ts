import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { decideEndSession } from '#lib/people/end-session.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'
import { endSessions } from './end-sessions.ts'

/** Ends one of the person's own sessions, by the id that /me lists, or all `others`. */
export const endSession = command({
  name: 'account.endSession',
  scope: 'account',
  input: z.object({ session: z.union([z.literal('others'), z.string().regex(/^[0-9a-f]{64}$/)]) }),
  async facts(tx, _input, actor) {
    if (actor.kind !== 'person') return null
    const rows = await tx.session.findMany({
      where: { userId: actor.userId, revokedAt: null },
      select: { idHash: true },
    })
    const live = rows.map((row) => Buffer.from(row.idHash).toString('hex'))
    return { stream: SYSTEM_STREAM, teamId: null, userId: actor.userId, live, current: actor.sessionIdHash }
  },
  decide: decideEndSession,
  async apply(tx, { ended }) {
    await endSessions(tx, {
      ids: ended.map((id) => new Uint8Array(Buffer.from(id, 'hex'))),
      reason: 'ended_by_owner',
    })
  },
})
