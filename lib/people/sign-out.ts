import type { Decision, Facts } from '#lib/door/command.ts'

export type SignOutFacts = Facts & { userId: string; idHash: Uint8Array<ArrayBuffer> }

/** Ends the session that asks. */
export function decideSignOut({ userId, idHash }: SignOutFacts): Decision<Uint8Array<ArrayBuffer>, null> {
  return {
    kind: 'changed',
    change: idHash,
    value: null,
    entries: [{ action: 'account.signed_out', data: { userId, reason: 'signed_out' } }],
  }
}
