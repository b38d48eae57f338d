import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COMMON_PASSWORDS } from '#lib/people/common-passwords.ts'
import { COMMON_WORDS } from '#lib/people/common-words.ts'
import { decidePassword, PASSWORD_LENGTH } from '#lib/people/password.ts'
import { periodOf, unpredictableLength } from '#lib/people/password-patterns.ts'

const owner = { email: 'anna.smith@acme-health.org', name: 'Anna Smith' }
const isAllowed = (password: string) => decidePassword({ password, ...owner }).ok

describe('the password policy', () => {
  it('asks for twelve characters, counted as people count them', () => {
    expect(decidePassword({ password: 'otter quilt' })).toEqual({
      ok: false,
      reason: 'Use at least 12 characters; this has 11. A few unrelated words make a good password.',
    })
    expect(isAllowed('otter quilts')).toBe(true)
    expect(decidePassword({ password: '🦦🪡🧵🦔🪣🧶' }).ok).toBe(false)
  })

  it('takes long ones, up to two hundred characters', () => {
    const words = 'trombone kettle glacier pavement orbit mango lantern walrus '.repeat(4)
    expect(isAllowed(words.slice(0, PASSWORD_LENGTH.max))).toBe(true)
    expect(decidePassword({ password: words.slice(0, PASSWORD_LENGTH.max + 1) })).toEqual({
      ok: false,
      reason: 'Use at most 200 characters; this has 201.',
    })
  })

  it.each([
    'wandering otter quilt',
    'kettle-orbit-71-mango',
    'x9$Lq2!vTz8w',
    '483920174653',
    'remarkable trumpet coffee',
    'żółta łódź na jeziorze',
    'пурпурный чайник поёт',
  ])('has no rules on which characters: %s', (password) => {
    expect(isAllowed(password)).toBe(true)
  })

  it.each([
    'Password2024!!',
    'P@ssw0rd1234',
    'letmein123456789',
    'summerwinter2024',
    'correct horse battery staple',
    'iloveyoumichael',
    'Manchester United 1',
    'justdoit!!2023',
    'WELCOME-HOME-99',
  ])('refuses what is guessed first: %s', (password) => {
    expect(decidePassword({ password })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('guessing programs'),
    })
  })

  it.each([
    'qwertyuiop12',
    '1qaz2wsx3edc',
    '!QAZ@WSX#EDC',
    '1q2w3e4r5t6y',
    '123456789012',
    'abcdefghijkl1',
    'mnbvcxzlkjhg',
  ])('refuses walks and sequences: %s', (password) => {
    expect(isAllowed(password)).toBe(false)
  })

  it.each(['aaaaaaaaaaaa', 'hunter2hunter2', 'abababababab', '            ', 'ab cd ab cd ab cd'])(
    'refuses repeats: %s',
    (password) => {
      expect(isAllowed(password)).toBe(false)
    },
  )

  it('refuses what leans on the person or on this product, and says on which word', () => {
    expect(decidePassword({ password: 'anna.smith.2024', ...owner })).toMatchObject({
      reason: expect.stringContaining('anna.smith'),
    })
    expect(decidePassword({ password: 'countersign2026!', ...owner })).toMatchObject({
      reason: expect.stringContaining('countersign'),
    })
    expect(isAllowed('acme-health-4711')).toBe(false)
    expect(isAllowed('Smithereens of marble')).toBe(true)
  })

  it('refuses every listed password however it is decorated', () => {
    expect(COMMON_WORDS.size + COMMON_PASSWORDS.size).toBeGreaterThan(1_000)
    const listed = [...COMMON_PASSWORDS].filter((password) => password.length >= 12)
    expect(listed.filter((password) => isAllowed(password))).toEqual([])
    expect(
      listed.filter((password) => isAllowed(`${password.toUpperCase()}!1`) && /^[a-z]+$/.test(password)),
    ).toEqual([])
  })

  it('never throws and always gives a reason', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 220 }), fc.string(), fc.string(), (password, email, name) => {
        const answer = decidePassword({ password, email, name })
        return answer.ok || answer.reason.length > 10
      }),
    )
  })
})

describe('patterns', () => {
  it('counts a walk as one character', () => {
    expect(unpredictableLength('qwertyuiop12')).toBe(3)
    expect(unpredictableLength('1qaz2wsx3edc')).toBe(3)
    expect(unpredictableLength('mango')).toBe(5)
  })

  it('finds the block that repeats', () => {
    expect(periodOf('abcabcab')).toBe(3)
    expect(periodOf('abcabd')).toBe(6)
    expect(periodOf('')).toBe(0)
  })
})
