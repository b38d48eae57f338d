import { describe, expect, it } from 'vitest'
import { authorInput, emailIn, isSameAuthor, settleAuthor } from '#lib/runs/author.ts'
import { authorOf, OUTSIDE, typedAuthor } from '#lib/runs/typed-author.ts'

const BO = { memberId: '0190aaaa-0000-7000-8000-000000000001', name: 'Bo' }

describe('the e-mail address in a typed author', () => {
  it.each([
    ['kim@example.org', 'kim@example.org'],
    [' Kim@Example.ORG ', 'kim@example.org'],
    ['Kim Lee <Kim@Example.org>', 'kim@example.org'],
    ['Kim Lee <kim@example.org> ', 'kim@example.org'],
    ['Kim Lee', null],
    ['Kim <not an address>', null],
    ['kim@example.org wrote it', null],
  ])('%s: %s', (typed, email) => expect(emailIn(typed)).toBe(email))
})

describe('the author that a run keeps', () => {
  it('is the member, by id or by the address that was typed', () => {
    expect(settleAuthor({ given: { memberId: BO.memberId }, member: BO })).toEqual({ ...BO, email: null })
    expect(settleAuthor({ given: { name: 'bo@example.org' }, member: BO })).toEqual({ ...BO, email: null })
  })

  it('is what was typed of somebody outside, with the address they are known again by', () => {
    const given = { name: 'Kim <kim@example.org>' }
    expect(settleAuthor({ given, member: null })).toEqual({
      memberId: null,
      name: 'Kim <kim@example.org>',
      email: 'kim@example.org',
    })
    expect(settleAuthor({ given: { name: 'Kim' }, member: null })).toMatchObject({ email: null })
  })

  it('is nobody when nobody was named, and refused when a member is none', () => {
    expect(settleAuthor({ given: null, member: null })).toBeNull()
    expect(settleAuthor({ given: { memberId: BO.memberId }, member: null })).toBeUndefined()
  })

  it('is the same only with the same name and member', () => {
    expect(isSameAuthor(null, null)).toBe(true)
    expect(isSameAuthor(BO, { ...BO })).toBe(true)
    expect(isSameAuthor(BO, null)).toBe(false)
    expect(isSameAuthor(BO, { memberId: null, name: 'Bo' })).toBe(false)
  })
})

describe('what the form sends', () => {
  it('comes back as it was typed', () => {
    for (const author of [null, BO, { memberId: null, name: 'Kim' }]) {
      const given = authorOf(typedAuthor(author))
      expect(given).toEqual(
        author && (author.memberId ? { memberId: author.memberId } : { name: author.name }),
      )
      expect(authorInput.safeParse(given).success).toBe(true)
    }
  })

  it('is refused with words at the field when somebody outside has no name', () => {
    const { error } = authorInput.safeParse(authorOf({ author: OUTSIDE, authorName: '  ' }))
    expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['name', 'Type the name or the e-mail address of the author.'],
    ])
  })
})
