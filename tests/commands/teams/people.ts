import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Principal } from '#lib/auth/mint.ts'
import type { Command, Committed } from '#lib/door/command.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { db } from '#lib/server/db.ts'
import { newId } from '#lib/server/ids.ts'
import type { AccountRole } from '#lib/shared/codes.ts'
import type { Result } from '#lib/shared/result.ts'
import { createTeam } from '#lib/teams/commands/create-team.ts'
import { keepMember, keepSession } from '#tests/support/accounts.ts'

export type Person = { principal: Principal; userId: string; memberId: string; name: string; email: string }
export type TestTeam = { slug: string; teamId: string; streamId: string; owner: Person }

export const SYSTEM: Principal = { kind: 'system', name: 'tests' }
export const nobody = (ip = '192.0.2.1'): Principal => ({ kind: 'anonymous', ip })

/** An account with a live session, written past the door: the tests here are about teams, not about accounts. */
export async function makePerson(name: string, { instanceAdmin = false } = {}): Promise<Person> {
  const userId = newId()
  const email = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}@example.com`
  const now = new Date()
  await db().user.create({
    data: {
      id: userId,
      email,
      name,
      passwordHash: 'none',
      passwordChangedAt: now,
      createdAt: now,
      instanceAdmin,
    },
  })
  return { principal: await signIn(userId), userId, memberId: '', name, email }
}

/** A fresh session of an account. */
export async function signIn(userId: string): Promise<Principal> {
  return { kind: 'session', idHash: (await keepSession(userId)).idHash }
}

/** A team with its owner. */
export async function makeTeam(name = `Acme ${randomUUID().slice(0, 8)}`): Promise<TestTeam> {
  const owner = await makePerson('Olga')
  const made = await runCommand(createTeam, { principal: SYSTEM, input: { name, ownerId: owner.userId } })
  if (!made.ok) throw new Error(made.refusal.message)
  const { team, teamId, memberId } = made.value.value
  const { streamId } = await db().team.findUniqueOrThrow({ where: { id: teamId } })
  return { slug: team, teamId, streamId, owner: { ...owner, memberId } }
}

/** A member of the team, with the account role and the sign-off roles named. */
export async function addMember(
  team: TestTeam,
  { name, ...held }: { name: string; accountRole?: AccountRole; roles?: string[] },
): Promise<Person> {
  const person = await makePerson(name)
  return { ...person, memberId: await keepMember({ teamId: team.teamId, userId: person.userId, ...held }) }
}

export function act<Input extends z.ZodType, Value>(
  command: Command<Input, Value>,
  principal: Principal,
  input: z.input<Input>,
): Promise<Result<Committed<Value>>> {
  return runCommand(command, { principal, input })
}

/** The refusal's code, or 'ok'. */
export async function codeOf(answer: Promise<Result<unknown>>): Promise<string> {
  const result = await answer
  return result.ok ? 'ok' : result.refusal.code
}

/** What was allowed, unwrapped; a refusal fails the test in its own words. */
export async function done<T>(answer: Promise<Result<Committed<T>>>): Promise<T> {
  const result = await answer
  if (!result.ok)
    throw new Error(
      `${result.refusal.code}: ${result.refusal.message} ${JSON.stringify(result.refusal.fields ?? {})}`,
    )
  return result.value.value
}

export type Line = {
  seq: number
  action: string
  actor: { kind: string; name: string }
  data: Record<string, unknown>
}

/** The lines of a stream in order, as their canonical text has them. */
export async function linesOf(stream: string): Promise<Line[]> {
  const rows = await db().auditEvent.findMany({ where: { stream }, orderBy: { seq: 'asc' } })
  return rows.map((row) => JSON.parse(row.canonical) as Line)
}

/** The last line of a stream. */
export async function lastLine(stream: string): Promise<Line | undefined> {
  return (await linesOf(stream)).at(-1)
}
