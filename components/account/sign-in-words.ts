import { NO_MATCH } from '#lib/people/sign-in.ts'
import { tooManyTries, waitWords } from '#lib/people/wait-words.ts'
import type { SignInReason } from '#lib/shared/paths.ts'
import type { SignInReply } from './sign-in-request.ts'

/** What the sign-in page says to a refusal. */
export function refusalWords({ code, retryAfterSeconds }: Extract<SignInReply, { ok: false }>): string {
  if (code === 'no_match') return NO_MATCH
  if (code === 'too_many_requests') return tooManyTries(retryAfterSeconds ?? 60)
  if (code === 'unreachable') return 'Countersign cannot be reached. Check your connection, then try again.'
  if (code === 'invalid') return 'That is too long to be an e-mail address and a password.'
  return 'Something went wrong on our side and you are not signed in. Try again; if it stays, tell your administrator.'
}

/** Why somebody stands before the sign-in page, in words. */
export function reasonWords(
  because: SignInReason,
  idleSeconds: number,
): { tone: 'info' | 'go'; text: string } {
  switch (because) {
    case 'idle':
      return {
        tone: 'info',
        text: `You were signed out after ${waitWords(idleSeconds)} without activity. Your drafts are kept.`,
      }
    case 'ended':
      return {
        tone: 'info',
        text: 'Your session has ended: it was ended elsewhere, your role was changed, or it was 12 hours old. Your drafts are kept.',
      }
    case 'signed_out':
      return { tone: 'go', text: 'You are signed out.' }
    case 'password_set':
      return { tone: 'go', text: 'Your password is set. Sign in with it.' }
  }
}

/** The reason in a query, or null for anything else. */
export function readReason(value: string | undefined): SignInReason | null {
  return value === 'idle' || value === 'ended' || value === 'signed_out' || value === 'password_set'
    ? value
    : null
}
