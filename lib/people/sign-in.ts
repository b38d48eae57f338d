import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { type NewSession, newSession } from './session.ts'

export type SignInFacts = Facts & {
  /** The person whose password was right and who may still sign in when the facts were read; else null. */
  userId: string | null
  emailHash: string
  sid: string
  sidHash: Uint8Array<ArrayBuffer>
  /** The session that the browser had before. */
  before: Uint8Array<ArrayBuffer> | null
  ip: string
  userAgent: string
}

export type SignInChange = { sessions: NewSession[]; ended: Uint8Array<ArrayBuffer>[] }
export type SignInAnswer =
  | { signedIn: true; userId: string; sid: string }
  | { signedIn: false; message: string }

/** One sentence for a wrong password, an unknown address and a deactivated account alike (OWASP ASVS 5.0, 6.3.8). */
export const NO_MATCH = 'E-mail and password do not match. Check both; passwords are case-sensitive.'

/** Every sign-in is a new session and ends the one before; a refused one is a line of the log too. */
export function decideSignIn(
  facts: SignInFacts,
  _input: unknown,
  { now }: Pick<DecideContext, 'now'>,
): Decision<SignInChange, SignInAnswer> {
  const { userId, emailHash, sid, sidHash, before, ip, userAgent } = facts
  if (userId === null) {
    return {
      kind: 'changed',
      change: { sessions: [], ended: [] },
      value: { signedIn: false, message: NO_MATCH },
      entries: [{ action: 'account.sign_in_refused', data: { emailHash, reason: 'no_match' } }],
    }
  }
  return {
    kind: 'changed',
    change: {
      sessions: [newSession({ idHash: sidHash, userId, ip, userAgent, now })],
      ended: before ? [before] : [],
    },
    value: { signedIn: true, userId, sid },
    entries: [{ action: 'account.signed_in', data: { userId } }],
  }
}
