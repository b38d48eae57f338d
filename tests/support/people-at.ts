import type { Browser, Page } from '@playwright/test'
import { encode } from 'next-auth/jwt'
import type { AccountRole } from '#lib/shared/codes.ts'
import type { TestServer } from './server.ts'

export const PASSWORD = 'four unrelated garden words'
/** As tests/support/server.ts gives it to its servers; a cookie made with it is theirs. */
const SECRET = 'only-for-tests-only-for-tests-only-for-tests'

export type Member = { name: string; email: string; userId: string; memberId: string }
export type TeamAt = { slug: string; teamId: string; owner: Member }

/** Points this process at a test database, as its own server is: the rooms of lib are then usable in a spec's fixtures. */
export function useDatabase(url: string): void {
  Object.assign(process.env, {
    DATABASE_URL: url,
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    PUBLIC_URL: 'http://localhost:3000',
    NEXTAUTH_SECRET: SECRET,
    COUNTERSIGN_ROOT_KEY: '00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff',
  })
}

let hash: Promise<string> | undefined

/** An account whose password is PASSWORD, written past the door: what is tested is what people do afterwards. */
async function makeAccount(name: string): Promise<Omit<Member, 'memberId'>> {
  const { db } = await import('#lib/server/db.ts')
  const { newId, newSecret } = await import('#lib/server/ids.ts')
  const { hashPassword } = await import('#lib/server/passwords.ts')
  hash ??= hashPassword(PASSWORD)
  const now = new Date()
  const email = `${name.toLowerCase()}-${newSecret(5).toLowerCase()}@example.com`
  const userId = newId()
  await db().user.create({
    data: { id: userId, email, name, passwordHash: await hash, passwordChangedAt: now, createdAt: now },
  })
  return { name, email, userId }
}

/** Somebody with an account and no team. */
export async function makeOutsider(name = 'Otto'): Promise<Member> {
  return { ...(await makeAccount(name)), memberId: '' }
}

/** A team with its owner. */
export async function makeTeamAt(name: string): Promise<TeamAt> {
  const { runCommand } = await import('#lib/door/run-command.ts')
  const { createTeam } = await import('#lib/teams/commands/create-team.ts')
  const owner = await makeAccount('Olga')
  const input = { name, ownerId: owner.userId }
  const made = await runCommand(createTeam, { principal: { kind: 'system', name: 'tests' }, input })
  if (!made.ok) throw new Error(made.refusal.message)
  const { team: slug, teamId, memberId } = made.value.value
  return { slug, teamId, owner: { ...owner, memberId } }
}

/** A member of the team, with the account role and the sign-off roles named. */
export async function addMemberAt(
  { teamId }: TeamAt,
  { name, ...held }: { name: string; accountRole?: AccountRole; roles?: string[] },
): Promise<Member> {
  const { keepMember } = await import('./accounts.ts')
  const account = await makeAccount(name)
  return { ...account, memberId: await keepMember({ teamId, userId: account.userId, ...held }) }
}

async function makeSession(userId: string) {
  const { keepSession } = await import('./accounts.ts')
  return keepSession(userId)
}

/** The session cookie's value, as next-auth would have set it. */
async function cookieOf(userId: string): Promise<string> {
  const { sid } = await makeSession(userId)
  return encode({ token: { sid }, secret: SECRET })
}

/** The principal of an account, for commands that set a scene. */
export async function principalOf({ userId }: Member) {
  return { kind: 'session' as const, idHash: (await makeSession(userId)).idHash }
}

/** The value of the session cookie of an account, for requests without a browser. */
export async function sessionCookie({ userId }: Member): Promise<string> {
  return `countersign.session=${await cookieOf(userId)}`
}

type Look = {
  colorScheme?: 'light' | 'dark'
  viewport?: { width: number; height: number }
  hasTouch?: boolean
  isMobile?: boolean
}

/** A browser of one's own, signed in without clicking through. */
export async function signedIn(
  browser: Browser,
  { app, who, look = {} }: { app: TestServer; who: Member; look?: Look },
): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.url, ...look })
  const value = await cookieOf(who.userId)
  await context.addCookies([
    { name: 'countersign.session', value, url: app.url, httpOnly: true, sameSite: 'Lax' },
  ])
  return context.newPage()
}
