import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isReservedSlug, isSlug, SLUG_MAX_LENGTH, slugify } from '#lib/shared/slug.ts'

describe('slugs', () => {
  it.each([
    ['Acme Health', 'acme-health'],
    ['  Größe & Café!  ', 'gro-e-cafe'],
    ['upstream_web v2', 'upstream-web-v2'],
    ['日本', ''],
    ['---', ''],
  ])('%s becomes %s', (name, slug) => {
    expect(slugify(name)).toBe(slug)
  })

  it('makes a slug of every name or nothing, and leaves a slug alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const slug = slugify(name)
        expect(slug === '' || isSlug(slug)).toBe(true)
        expect(slugify(slug)).toBe(slug)
      }),
    )
  })

  it('refuses other spellings', () => {
    for (const text of ['', '-a', 'a-', 'a--b', 'A', 'a b', 'é', 'a/b', 'a'.repeat(SLUG_MAX_LENGTH + 1)]) {
      expect(isSlug(text)).toBe(false)
    }
  })

  it('knows the words that addresses need', () => {
    for (const word of [
      'setup',
      'sign-in',
      'me',
      'api',
      'invite',
      'reset',
      'health',
      'metrics',
      'docs',
      'import',
      'open',
      'API',
    ]) {
      expect(isReservedSlug(word)).toBe(true)
    }
    expect(isReservedSlug('acme-health')).toBe(false)
  })
})
