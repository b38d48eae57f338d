import type { Command } from 'commander'
import { runCommand } from '#lib/door/run-command.ts'
import { unlockOwner } from '#lib/people/commands/unlock-owner.ts'
import { RESET_LINK_HOURS } from '#lib/people/reset-link.ts'
import { closeDb } from '#lib/server/db.ts'
import { env } from '#lib/server/env.ts'
import { paths } from '#lib/shared/paths.ts'
import { isUnreachable, NO_DATABASE } from '../no-database.ts'

/** Exit codes: the link is printed, refused in words, the database was not reached. */
export const UNLOCK_EXIT = { ok: 0, refused: 1, unreachable: 3 } as const

type Output = { out: (line: string) => void; err: (line: string) => void }

/**
 * Prints a one-time link by which the sole owner of a team, or an administrator of the instance, sets a new password;
 * the system's log keeps that it was made. Resolves to the exit code.
 */
export async function printUnlockLink(email: string, { out, err }: Output): Promise<number> {
  try {
    const result = await runCommand(unlockOwner, {
      principal: { kind: 'system', name: 'console' },
      input: { email },
    })
    if (!result.ok) {
      const { code, message, fields } = result.refusal
      err(
        code === 'not_found' ? `There is no account with the address ${email}.` : (fields?.email ?? message),
      )
      return UNLOCK_EXIT.refused
    }
    out(`This link sets a new password for ${email}. It works once, for ${RESET_LINK_HOURS} hours:`)
    out(new URL(paths.reset(result.value.value.token), env().PUBLIC_URL).href)
    return UNLOCK_EXIT.ok
  } catch (error) {
    if (!isUnreachable(error)) throw error
    err(NO_DATABASE)
    return UNLOCK_EXIT.unreachable
  } finally {
    await closeDb()
  }
}

export function register(program: Command): void {
  program
    .command('unlock-owner')
    .description('print a one-time link for an owner who is locked out and whom nobody else can help')
    .requiredOption('--email <address>', 'the address that the owner signs in with')
    .action(async ({ email }: { email: string }) => {
      process.exitCode = await printUnlockLink(email, {
        out: (line) => process.stdout.write(`${line}\n`),
        err: (line) => process.stderr.write(`${line}\n`),
      })
    })
}
