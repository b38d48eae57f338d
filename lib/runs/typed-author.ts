import type { Author, AuthorInput } from './author.ts'

/** What the form holds: nobody, a member by id, or `OUTSIDE` and what was typed. */
export const OUTSIDE = 'outside'
export type TypedAuthor = { author: string; authorName: string }

export function authorOf({ author, authorName }: TypedAuthor): AuthorInput {
  if (author === '') return null
  return author === OUTSIDE ? { name: authorName } : { memberId: author }
}

export function typedAuthor(author: Author | null): TypedAuthor {
  if (author === null) return { author: '', authorName: '' }
  return author.memberId === null
    ? { author: OUTSIDE, authorName: author.name }
    : { author: author.memberId, authorName: '' }
}
