import type { Command } from 'commander'
import { runCommand } from '#lib/door/run-command.ts'
import { closeDb, db } from '#lib/server/db.ts'
import { resealSecrets } from '#lib/services/commands/reseal-secrets.ts'
import { counted } from '#lib/shared/words.ts'
import { isUnreachable, NO_DATABASE } from '../no-database.ts'

/** Exit codes: all secrets are under the key in use, some stay closed, the database was not reached. */
export const RESEAL_EXIT = { ok: 0, closed: 1, unreachable: 3 } as const

type Output = { out: (line: string) => void; err: (line: string) => void }

/** Puts the secrets of every team under the root key in use; the log of each team keeps that it was done. Resolves to the exit code. */
export async function resealAll({ out, err }: Output): Promise<number> {
  try {
    const teams = await db().team.findMany({ select: { slug: true }, orderBy: { slug: 'asc' } })
    let resealed = 0
    let current = 0
    let closed = 0
    for (const { slug: team } of teams) {
      const principal = { kind: 'system', name: 'console' } as const
      const result = await runCommand(resealSecrets, { principal, input: { team } })
      if (!result.ok) throw new Error(`${team}: ${result.refusal.message}`)
      const { value } = result.value
      resealed += value.resealed
      current += value.current
      closed += value.closed.length
      for (const line of value.closed) err(`${team}: ${line}`)
    }
    out(`${counted({ count: resealed, one: 'secret' })} sealed with the key in use, ${current} were already.`)
    if (closed === 0) return RESEAL_EXIT.ok
    err(
      `${counted({ count: closed, one: 'secret stays', many: 'secrets stay' })} closed: give COUNTERSIGN_OLD_ROOT_KEY the key that ${closed === 1 ? 'it was' : 'they were'} sealed with, or set ${closed === 1 ? 'it' : 'them'} again on the environment's page.`,
    )
    return RESEAL_EXIT.closed
  } catch (error) {
    if (!isUnreachable(error)) throw error
    err(NO_DATABASE)
    return RESEAL_EXIT.unreachable
  } finally {
    await closeDb()
  }
}

export function register(program: Command): void {
  program
    .command('reseal-secrets')
    .description('after the root key was replaced: seal all secrets of environments with the key in use')
    .action(async () => {
      process.exitCode = await resealAll({
        out: (line) => process.stdout.write(`${line}\n`),
        err: (line) => process.stderr.write(`${line}\n`),
      })
    })
}
