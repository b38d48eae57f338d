import type { DecideContext, Decision, Facts } from '#lib/door/command.ts'
import { refused } from '#lib/door/decisions.ts'
import { type BornTeam, bornTeam } from './born-team.ts'
import { teamSlug } from './names.ts'

export type CreateTeamFacts = Facts & {
  takenSlugs: readonly string[]
  /** Who will own the team; null when no such account is active. */
  owner: { userId: string; name: string } | null
}

/** A further team. Sample teams, whose record may bear past dates, are made by Countersign itself alone. */
export function decideCreateTeam(
  facts: CreateTeamFacts,
  input: { name: string; slug?: string | undefined; sample: boolean },
  { actor, now, supplied, newId }: DecideContext,
): Decision<BornTeam, { team: string; teamId: string; memberId: string }> {
  if (input.sample && actor.kind !== 'system')
    return refused('forbidden', 'A sample team is made by Countersign itself.')
  if (!facts.owner)
    return refused('invalid', 'The team needs an owner.', {
      fields: { ownerId: 'There is no such active account.' },
    })
  const named = teamSlug(input)
  if ('problem' in named) {
    const field = named.field === 'team' ? 'name' : 'slug'
    return refused('invalid', 'The team needs another name.', { fields: { [field]: named.problem } })
  }
  if (facts.takenSlugs.includes(named.slug)) {
    return refused('invalid', 'The team needs another name.', {
      fields: { name: `The address /${named.slug} is taken.` },
    })
  }
  // A sample team's record begins where its history does: a stream never runs backwards.
  const begins = input.sample && supplied && supplied < now ? supplied : now
  const { born, opens } = bornTeam({
    name: input.name,
    slug: named.slug,
    sample: input.sample,
    owner: facts.owner,
    now: begins,
    newId,
  })
  return {
    kind: 'changed',
    change: born,
    value: { team: born.team.slug, teamId: born.team.id, memberId: born.owner.id },
    entries: [
      {
        action: 'team.created',
        data: { teamId: born.team.id, slug: named.slug, name: input.name, sample: input.sample },
      },
    ],
    opens: { ...opens, at: begins },
  }
}
