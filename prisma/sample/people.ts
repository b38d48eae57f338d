import { randomInt } from 'node:crypto'
import type { Principal } from '#lib/auth/mint.ts'
import { signIn } from '#lib/people/commands/sign-in.ts'
import { signOut } from '#lib/people/commands/sign-out.ts'
import { secretHash } from '#lib/server/ids.ts'
import { acceptInvitation } from '#lib/teams/commands/accept-invitation.ts'
import { inviteMember } from '#lib/teams/commands/invite-member.ts'
import { minutesAfter } from './calendar.ts'
import { carry, NotWritten } from './carry.ts'
import { ADMIN, CAST, type Role, type Who } from './cast.ts'

export type Person = { name: string; email: string; password: string; does: string; principal: Principal }
export type People = Record<Who, Person>

const SYSTEM: Principal = { kind: 'system', name: 'Countersign' }
const NOBODY: Principal = { kind: 'anonymous', ip: '127.0.0.1' }
/** Without the letters and digits that are mistaken for one another. */
const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Four groups of five signs, 99 bits: easy to read out, hopeless to guess. */
function newPassword(): string {
  const group = () => Array.from({ length: 5 }, () => SIGNS[randomInt(SIGNS.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}

/** Whose address: the second sample team cannot have the accounts of the first. */
function addressOf(name: string, nth: number): string {
  const local = name.toLowerCase().replaceAll(' ', '.')
  return nth === 1 ? `${local}@sample.example` : `${local}.${nth}@sample.example`
}

async function enter({ email, password }: { email: string; password: string }): Promise<Principal> {
  const answer = await carry(signIn, {
    principal: NOBODY,
    input: { email, password, userAgent: 'Sample team, while it is written' },
  })
  if (!answer.signedIn) throw new NotWritten(`${email} could not sign in: ${answer.message}`)
  return { kind: 'session', idHash: secretHash(answer.sid) }
}

type Hiring = { team: string; nth: number; role: Role; by: Principal; at: Date }

async function hire({ team, nth, role, by, at }: Hiring): Promise<Person> {
  const { name, accountRole, roles, does } = role
  const email = addressOf(name, nth)
  const invited = await carry(inviteMember, {
    principal: by,
    input: { team, email, name, accountRole, roles },
    at,
  })
  const password = newPassword()
  await carry(acceptInvitation, {
    principal: NOBODY,
    input: { token: invited.token, name, password },
    at: minutesAfter(at, 11),
  })
  return { name, email, password, does, principal: await enter({ email, password }) }
}

/** Invites everybody and lets them join; each is signed in for as long as the sample is written. */
export async function hirePeople({
  team,
  nth,
  from,
}: {
  team: string
  nth: number
  from: Date
}): Promise<People> {
  const lea = await hire({ team, nth, role: ADMIN, by: SYSTEM, at: from })
  const people: Partial<People> = { lea }
  for (const [index, role] of CAST.entries()) {
    const at = minutesAfter(from, 40 + index * 17.3)
    people[role.who] = await hire({ team, nth, role, by: lea.principal, at })
  }
  return people as People
}

/** Nobody stays signed in with a password that nobody has typed. */
export async function dismissPeople(people: People): Promise<void> {
  for (const { principal } of Object.values(people)) await carry(signOut, { principal, input: {} })
}
