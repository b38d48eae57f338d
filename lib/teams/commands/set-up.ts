import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { command } from '#lib/door/command.ts'
import { preparePassword } from '#lib/people/commands/prepare-password.ts'
import { emailField } from '#lib/people/email.ts'
import { db } from '#lib/server/db.ts'
import { env } from '#lib/server/env.ts'
import { secretHash } from '#lib/server/ids.ts'
import { giveBack, networkOf, spend } from '#lib/server/rate-limit.ts'
import { SYSTEM_STREAM } from '#lib/server/system-stream.ts'
import { type Result, refuse } from '#lib/shared/result.ts'
import { personName, teamName } from '../names.ts'
import { ALREADY_SET_UP, decideSetUp, type SetUpChange, type SetUpFacts } from '../set-up.ts'
import { applyBornTeam } from './apply-born-team.ts'
import { addressOf } from './team-facts.ts'

/** Two first visitors at once: the later one waits here and then counts one user. Any constant of the app's own does. */
const SET_UP_LOCK = 4_735_001

const CLOSED = {
  code: 'setup_closed',
  message:
    'Set-up is not open: this Countersign runs without a set-up code. Start it with npm start, which prints one, or set COUNTERSIGN_SETUP_CODE.',
}
const WRONG_CODE = {
  code: 'wrong_code',
  message: 'The set-up code is wrong.',
  fields: { code: 'This is not the code that the console printed at start.' },
}

// Hashes have one length, so the comparison's time tells nothing about the code's.
function isCode(given: string, code: string): boolean {
  return timingSafeEqual(secretHash(given.trim()), secretHash(code))
}

export const setUp = command({
  name: 'account.setUp',
  scope: 'account',
  secret: true,
  input: z.object({
    code: z.string().min(1, 'Enter the code that the console printed.').max(200),
    team: teamName,
    name: personName,
    email: emailField,
    password: z.string().max(1_000),
  }),
  prepare: async (input, actor): Promise<Result<{ passwordHash: string }>> => {
    if ((await db().user.count()) > 0) return refuse(ALREADY_SET_UP)
    const code = env().COUNTERSIGN_SETUP_CODE
    if (!code) return refuse(CLOSED)
    const key = `setup:${networkOf(addressOf(actor))}`
    const spent = await spend({ key, window: { limit: 10, seconds: 900 } })
    if (!spent.allowed) {
      return refuse({
        code: 'too_many_requests',
        message: `Too many wrong codes. Try again in ${Math.ceil(spent.retryAfterSeconds / 60)} minutes.`,
      })
    }
    if (!isCode(input.code, code)) return refuse(WRONG_CODE)
    await giveBack(key)
    return preparePassword(input)
  },
  facts: async (tx, _input, _actor, { passwordHash }): Promise<SetUpFacts> => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(${SET_UP_LOCK}::int, 0)::text`
    const teams = await tx.team.findMany({ select: { slug: true } })
    return {
      stream: SYSTEM_STREAM,
      teamId: null,
      users: await tx.user.count(),
      takenSlugs: teams.map((team) => team.slug),
      passwordHash,
    }
  },
  decide: decideSetUp,
  apply: async (tx, { user, born }: SetUpChange) => {
    await tx.user.create({ data: user, select: { id: true } })
    await applyBornTeam(tx, born)
  },
})
