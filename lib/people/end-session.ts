import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'

export type EndSessionFacts = Facts & {
  userId: string
  /** The person's live sessions, as hexadecimal ids; `current` is the one that asks. */
  live: string[]
  current: string
}
export type EndSessionChange = { ended: string[] }

/** Ends one of one's own sessions, or all but the one in use. A session that is over already is no error. */
export function decideEndSession(
  { userId, live, current }: EndSessionFacts,
  { session }: { session: string },
  _context: Pick<DecideContext, 'now'>,
): Decision<EndSessionChange, { ended: number }> {
  if (session === current)
    return refused('own_session', 'This is the session you are using: sign out to end it.')
  const ended = live.filter((id) => id !== current && (session === 'others' || id === session))
  const entries = ended.map(() => ({ action: 'account.session_ended' as const, data: { userId } }))
  const [first, ...rest] = entries
  if (!first) return { kind: 'unchanged', value: { ended: 0 } }
  return {
    kind: 'changed',
    change: { ended },
    value: { ended: ended.length },
    entries: [first, ...rest],
  }
}
