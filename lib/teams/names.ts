import { z } from 'zod'
import { isReservedSlug, isSlug, slugify } from '#lib/shared/slug.ts'

/** Lengths in characters; the screens and the schemas read the same numbers. */
export const TEAM_NAME_MAX = 60
export const PERSON_NAME_MAX = 80
export const ROLE_NAME_MAX = 40

export const teamName = z
  .string()
  .trim()
  .min(1, 'Give the team a name.')
  .max(TEAM_NAME_MAX, `At most ${TEAM_NAME_MAX} characters.`)
export const personName = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(PERSON_NAME_MAX, `At most ${PERSON_NAME_MAX} characters.`)

// Signature tables are matched by these names, so what would break a table's cell is refused.
export const roleName = z
  .string()
  .trim()
  .min(1, 'Give the role a name.')
  .max(ROLE_NAME_MAX, `At most ${ROLE_NAME_MAX} characters.`)
  .regex(/^[^|\p{Cc}]*$/u, 'A role’s name is one line without the character |.')

/** The four roles that a new team starts with: those of the usual sign-off table. */
export const DEFAULT_SIGNOFF_ROLES = ['Developer', 'Reviewer', 'DevOps', 'Security'] as const

/** The slug of a team, from its name unless one is asked for; or what is wrong, for the field `team` or `slug`. */
export function teamSlug({
  name,
  slug,
}: {
  name: string
  slug?: string | undefined
}): { slug: string } | { field: 'team' | 'slug'; problem: string } {
  const field = slug === undefined ? 'team' : 'slug'
  const wanted = slug ?? slugify(name)
  if (wanted === '')
    return {
      field,
      problem: 'The team’s address is made of its name, which needs a Latin letter or a digit.',
    }
  if (!isSlug(wanted)) return { field, problem: 'Lower-case letters, digits and single hyphens only.' }
  if (isReservedSlug(wanted))
    return { field, problem: `“${wanted}” is an address that Countersign uses itself. Choose another name.` }
  return { slug: wanted }
}
