import { z } from 'zod'
import type { EventData } from '#lib/audit/events.ts'
import type { TextRef } from './evidence.ts'

/** Who wrote the commit of a run. `memberId`: null for somebody outside of the team. */
export type Author = { memberId: string | null; name: string }
/** What the run keeps of it; by the e-mail address somebody outside is known again when they join the team. */
export type KeptAuthor = Author & { email: string | null }

/** How a commit's author is given: a member of the team, or what was typed of somebody outside. */
export const authorInput = z
  .union([
    z.object({ memberId: z.uuid('Choose a member of the team.') }),
    z.object({
      name: z
        .string()
        .trim()
        .min(1, 'Type the name or the e-mail address of the author.')
        .max(200, 'At most 200 characters.')
        .refine(
          (text) => text.isWellFormed() && !text.includes('\u0000'),
          'This holds a character that is not text.',
        ),
    }),
  ])
  .nullable()
export type AuthorInput = z.infer<typeof authorInput>

/** The e-mail address in a typed author, as accounts keep theirs: alone, or as git prints it, `Name <name@example.org>`. */
export function emailIn(typed: string): string | null {
  const found = /<([^<>]*)>\s*$/.exec(typed)?.[1] ?? typed
  const email = found.trim().toLowerCase()
  return z.email().safeParse(email).success ? email : null
}

/**
 * The author that a run keeps. `member`: the member of the team whom the input means, by id or by e-mail address. Null:
 * nobody is named. Undefined: a member is named who is none of this team.
 */
export function settleAuthor({
  given,
  member,
}: {
  given: AuthorInput
  member: { memberId: string; name: string } | null
}): KeptAuthor | null | undefined {
  if (given === null) return null
  if (member) return { ...member, email: null }
  return 'name' in given ? { memberId: null, name: given.name, email: emailIn(given.name) } : undefined
}

export type AuthorRow = { authorId: string | null; authorName: string | null; authorEmail: string | null }

/** The author's columns of a run. */
export function authorRow(author: KeptAuthor | null): AuthorRow {
  return {
    authorId: author?.memberId ?? null,
    authorName: author?.name ?? null,
    authorEmail: author?.email ?? null,
  }
}

export const NO_MEMBER = 'The author must be a member of this team, or typed as somebody outside.'

/** The author as the log says it: a member by id and name, of somebody outside only the hash of what was typed. */
export function authorSaid({
  author,
  write,
}: {
  author: Author | null
  write: (body: string) => TextRef
}): EventData<'run.opened'>['author'] {
  if (author === null) return null
  const { memberId, name } = author
  return memberId === null ? { memberId, name: null, text: write(name) } : { memberId, name, text: null }
}

export function isSameAuthor(one: Author | null, other: Author | null): boolean {
  return one?.memberId === other?.memberId && one?.name === other?.name
}
