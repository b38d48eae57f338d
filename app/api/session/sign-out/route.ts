import { expiredSessionCookie } from '#lib/auth/principal.ts'
import { route } from '#lib/door/route.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { signOut } from '#lib/people/commands/sign-out.ts'
import { paths } from '#lib/shared/paths.ts'

export const access = 'session'

/** A form post, so that signing out works before any script has loaded; a session that is over already is no error. */
export const POST = route(access, async ({ principal, requestId }) => {
  await runCommand(signOut, { principal, input: {}, requestId })
  const location = paths.signIn(undefined, 'signed_out')
  return new Response(null, {
    status: 303,
    headers: { location, 'set-cookie': expiredSessionCookie(), 'cache-control': 'no-store' },
  })
})
