/** However busy, a session ends after twelve hours (OWASP ASVS 5.0, 7.3.2). */
export const ABSOLUTE_HOURS = 12

export type NewSession = {
  idHash: Uint8Array<ArrayBuffer>
  userId: string
  createdAt: Date
  lastSeenAt: Date
  absoluteExpiresAt: Date
  ip: string
  userAgent: string
}

/** Why a session was ended, as its row keeps it. */
export type EndReason =
  | 'signed_out'
  | 'replaced'
  | 'ended_by_owner'
  | 'password_changed'
  | 'password_reset'
  | 'role_changed'
  | 'deactivated'

/** The row of a session that begins now. */
export function newSession({
  idHash,
  userId,
  ip,
  userAgent,
  now,
}: {
  idHash: Uint8Array<ArrayBuffer>
  userId: string
  ip: string
  userAgent: string
  now: Date
}): NewSession {
  return {
    idHash,
    userId,
    createdAt: now,
    lastSeenAt: now,
    absoluteExpiresAt: new Date(now.getTime() + ABSOLUTE_HOURS * 3_600_000),
    ip,
    userAgent: userAgent.slice(0, 400),
  }
}
