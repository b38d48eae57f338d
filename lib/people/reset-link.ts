import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'

export const RESET_LINK_HOURS = 24

export type NewResetLink = {
  id: string
  userId: string
  tokenHash: Uint8Array<ArrayBuffer>
  createdAt: Date
  createdBy: string | null
  expiresAt: Date
}

/** The row of a one-time link by which `userId` sets a new password. `createdBy`: the member who made it, null for the console. */
export function newResetLink({
  id,
  userId,
  tokenHash,
  createdBy,
  now,
}: {
  id: string
  userId: string
  tokenHash: Uint8Array<ArrayBuffer>
  createdBy: string | null
  now: Date
}): NewResetLink {
  return {
    id,
    userId,
    tokenHash,
    createdBy,
    createdAt: now,
    expiresAt: new Date(now.getTime() + RESET_LINK_HOURS * 3_600_000),
  }
}

export type ResetLinkFacts = {
  id: string
  usedAt: Date | null
  expiresAt: Date
  userId: string
  deactivated: boolean
}
export type ResetLinkState = 'open' | 'used' | 'expired' | 'unknown'

/** Whether a link still works. One of a deactivated person works no longer and is shown as unknown. */
export function resetLinkState({ link, now }: { link: ResetLinkFacts | null; now: Date }): ResetLinkState {
  if (!link || link.deactivated) return 'unknown'
  if (link.usedAt) return 'used'
  return link.expiresAt.getTime() <= now.getTime() ? 'expired' : 'open'
}

export const RESET_LINK_CLOSED: Record<Exclude<ResetLinkState, 'open'>, string> = {
  used: 'This link has been used already: each works once. Sign in with the password set by it, or ask an owner or admin of your team for a new link.',
  expired: `This link has expired: each works for ${RESET_LINK_HOURS} hours. Ask an owner or admin of your team for a new one.`,
  unknown:
    'This link is not known here. Check that you copied all of it, or ask an owner or admin of your team for a new one.',
}

export type ResetFacts = Facts & { link: ResetLinkFacts | null; passwordHash: string; emailHash: string }
export type ResetChange = { userId: string; passwordHash: string; passwordChangedAt: Date; emailHash: string }

/** A link sets a password once; the person's sessions and other links end with it. */
export function decideResetPassword(
  facts: ResetFacts,
  _input: unknown,
  { now }: Pick<DecideContext, 'now'>,
): Decision<ResetChange, null> {
  const state = resetLinkState({ link: facts.link, now })
  if (state !== 'open' || !facts.link)
    return refused(`reset_link_${state}`, RESET_LINK_CLOSED[state === 'open' ? 'unknown' : state])
  const { userId } = facts.link
  return {
    kind: 'changed',
    change: { userId, passwordHash: facts.passwordHash, passwordChangedAt: now, emailHash: facts.emailHash },
    value: null,
    entries: [{ action: 'account.password_changed', data: { userId, by: 'reset_link' } }],
  }
}
