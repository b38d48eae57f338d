import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { type BornTeam, bornTeam } from './born-team.ts'
import { teamSlug } from './names.ts'

export type SetUpFacts = Facts & { users: number; takenSlugs: readonly string[]; passwordHash: string }
export type SetUpChange = {
  user: {
    id: string
    email: string
    name: string
    passwordHash: string
    passwordChangedAt: Date
    instanceAdmin: true
    createdAt: Date
  }
  born: BornTeam
}

export const ALREADY_SET_UP = {
  code: 'already_set_up',
  message: 'This Countersign has been set up already. Sign in, or ask one of its owners for an invitation.',
} as const

/** The first person and the first team; once, and never again. */
export function decideSetUp(
  facts: SetUpFacts,
  input: { team: string; name: string; email: string },
  { now, newId }: Pick<DecideContext, 'now' | 'newId'>,
): Decision<SetUpChange, { team: string; teamId: string; userId: string }> {
  if (facts.users > 0) return refused(ALREADY_SET_UP.code, ALREADY_SET_UP.message)
  const named = teamSlug({ name: input.team })
  if ('problem' in named)
    return refused('invalid', 'The team needs another name.', { fields: { team: named.problem } })
  if (facts.takenSlugs.includes(named.slug)) {
    return refused('invalid', 'The team needs another name.', {
      fields: { team: `The address /${named.slug} is taken.` },
    })
  }
  const userId = newId()
  const { born, opens } = bornTeam({
    name: input.team,
    slug: named.slug,
    sample: false,
    owner: { userId, name: input.name },
    now,
    newId,
  })
  return {
    kind: 'changed',
    change: {
      user: {
        id: userId,
        email: input.email,
        name: input.name,
        passwordHash: facts.passwordHash,
        passwordChangedAt: now,
        instanceAdmin: true,
        createdAt: now,
      },
      born,
    },
    value: { team: born.team.slug, teamId: born.team.id, userId },
    entries: [{ action: 'account.created', data: { userId, name: input.name } }],
    opens,
  }
}
