import type { SignInAttempt, SignInOutcome } from '#lib/auth/options.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { signIn } from '#lib/people/commands/sign-in.ts'
import { log } from '#lib/server/log.ts'

/** Carries one attempt through the door. The error codes are what the sign-in page turns into words. */
export async function attemptSignIn({ ip, ...input }: SignInAttempt): Promise<SignInOutcome> {
  try {
    const result = await runCommand(signIn, { principal: { kind: 'anonymous', ip }, input })
    if (!result.ok) {
      const { code, detail } = result.refusal
      const wait =
        detail && typeof detail === 'object' && 'retryAfterSeconds' in detail
          ? detail.retryAfterSeconds
          : null
      return { error: wait === null ? code : `${code}:${wait}` }
    }
    const { value } = result.value
    return value.signedIn ? { userId: value.userId, sid: value.sid } : { error: 'no_match' }
  } catch (error) {
    log().error({ err: error }, 'sign-in failed')
    return { error: 'surprise' }
  }
}
