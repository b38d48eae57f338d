import type { Actor } from '#lib/access/actor.ts'
import { db } from '#lib/server/db.ts'
import { secretHash } from '#lib/server/ids.ts'
import type { AccountRole } from '#lib/shared/codes.ts'
import { INVITATION_CLOSED, invitationState } from '../invitation.ts'

export type InvitationView =
  | { state: 'closed'; because: string; canSignIn: boolean }
  | {
      state: 'open'
      team: { name: string; slug: string }
      email: string
      name: string
      accountRole: AccountRole
      roles: string[]
      expiresAt: string
      /** join: signed in as the invited person. sign_in: the address has an account. create: somebody new. */
      next: 'join' | 'sign_in' | 'create' | 'other_account'
      /** Who is signed in, when that is somebody else. */
      signedInAs: string | null
    }

/** What the holder of a link sees: the link itself is the right to see it. */
export async function getInvitation(actor: Actor, { token }: { token: string }): Promise<InvitationView> {
  const row = await db().invitation.findUnique({ where: { tokenHash: secretHash(token) } })
  if (!row) return { state: 'closed', because: INVITATION_CLOSED.unknown, canSignIn: false }
  const state = invitationState({ invitation: row, now: new Date() })
  if (state !== 'open')
    return { state: 'closed', because: INVITATION_CLOSED[state], canSignIn: state === 'accepted' }
  const team = await db().team.findUniqueOrThrow({
    where: { id: row.teamId },
    select: { name: true, slug: true },
  })
  const hasAccount = (await db().user.count({ where: { email: row.email } })) > 0
  const isPerson = actor.kind === 'person'
  const fits = isPerson && actor.email === row.email
  return {
    state: 'open',
    team,
    email: row.email,
    name: row.name,
    accountRole: row.accountRole as AccountRole,
    roles: row.roles,
    expiresAt: row.expiresAt.toISOString(),
    next: fits ? 'join' : isPerson ? 'other_account' : hasAccount ? 'sign_in' : 'create',
    signedInAs: isPerson ? actor.email : null,
  }
}
