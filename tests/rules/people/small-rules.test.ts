import { describe, expect, it } from 'vitest'
import { deviceName } from '#lib/people/device.ts'
import { emailField } from '#lib/people/email.ts'
import { decideEndSession } from '#lib/people/end-session.ts'
import { newResetLink, resetLinkState } from '#lib/people/reset-link.ts'
import { newSession } from '#lib/people/session.ts'
import { decideUnlockOwner, type UnlockFacts } from '#lib/people/unlock-owner.ts'
import { tooManyTries, waitWords } from '#lib/people/wait-words.ts'

const now = new Date('2026-11-23T10:00:00Z')
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
const bytes = (text: string) => new Uint8Array(Buffer.from(text))

describe('a session', () => {
  it('lasts twelve hours at most and keeps a bounded name of the browser', () => {
    const session = newSession({
      idHash: bytes('a'),
      userId: 'u',
      ip: '::1',
      userAgent: 'x'.repeat(9_000),
      now,
    })
    expect(session).toMatchObject({ lastSeenAt: now, absoluteExpiresAt: later(12) })
    expect(session.userAgent).toHaveLength(400)
  })

  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0',
      'Edge on Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604',
      'Safari on iOS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    ['', 'Unknown device'],
  ])('%s is shown as %s', (userAgent, words) => {
    expect(deviceName(userAgent)).toBe(words)
  })

  it('is ended alone or with all others, never the one in use', () => {
    const facts = { stream: 's', teamId: null, userId: 'u', live: ['a', 'b', 'c'], current: 'a' }
    const end = (session: string) => decideEndSession(facts, { session }, { now })
    expect(end('b')).toMatchObject({ kind: 'changed', change: { ended: ['b'] }, value: { ended: 1 } })
    expect(end('others')).toMatchObject({ change: { ended: ['b', 'c'] }, entries: [{}, {}] })
    expect(end('zz')).toEqual({ kind: 'unchanged', value: { ended: 0 } })
    expect(end('a')).toMatchObject({ kind: 'refused', refusal: { code: 'own_session' } })
  })
})

describe('a reset link', () => {
  const row = newResetLink({ id: 'l', userId: 'u', tokenHash: bytes('t'), createdBy: null, now })
  const link = { ...row, usedAt: null, deactivated: false }
  it('works once, for a day, for somebody active', () => {
    expect(resetLinkState({ link, now })).toBe('open')
    expect(resetLinkState({ link, now: later(24) })).toBe('expired')
    expect(resetLinkState({ link: { ...link, usedAt: now }, now: later(25) })).toBe('used')
    expect(resetLinkState({ link: { ...link, deactivated: true }, now })).toBe('unknown')
    expect(resetLinkState({ link: null, now })).toBe('unknown')
  })
})

describe('unlocking an owner at the console', () => {
  const facts: UnlockFacts = {
    stream: 's',
    teamId: null,
    user: { id: 'u', email: 'a@b.test', deactivated: false, instanceAdmin: false },
    teams: [{ name: 'Acme', otherOwners: [] }],
    tokenHash: bytes('t'),
    token: 't',
  }
  const unlock = (more: Partial<UnlockFacts>) =>
    decideUnlockOwner({ ...facts, ...more }, {}, { now, newId: () => 'id' })
  it('is for the sole owner of a team, and for an administrator of the instance', () => {
    expect(unlock({})).toMatchObject({
      kind: 'changed',
      value: { token: 't' },
      entries: [{ action: 'account.owner_unlocked' }],
    })
    const helped = [{ name: 'Acme', otherOwners: ['Bo'] }]
    expect(unlock({ teams: helped })).toMatchObject({
      refusal: { code: 'not_sole', message: expect.stringContaining('Bo') },
    })
    expect(unlock({ teams: [...helped, { name: 'Beta', otherOwners: [] }] })).toMatchObject({
      kind: 'changed',
    })
    expect(unlock({ teams: helped, user: { ...facts.user, instanceAdmin: true } })).toMatchObject({
      kind: 'changed',
    })
    expect(unlock({ teams: [] })).toMatchObject({ refusal: { code: 'no_owner' } })
    expect(unlock({ user: { ...facts.user, deactivated: true } })).toMatchObject({
      refusal: { code: 'deactivated' },
    })
  })
})

describe('words', () => {
  it('rounds waits up', () => {
    expect([1, 89.2, 91, 3_600, 7_201, 80_000].map(waitWords)).toEqual([
      '1 second',
      '90 seconds',
      '2 minutes',
      '60 minutes',
      '3 hours',
      '23 hours',
    ])
    expect(tooManyTries(30)).toBe('Too many attempts that failed. Wait 30 seconds, then try again.')
  })

  it('keeps an address trimmed and lower-case, and refuses look-alike letters', () => {
    expect(emailField.parse('  Anna@Example.ORG ')).toBe('anna@example.org')
    expect(emailField.safeParse('аnna@example.org').success).toBe(false)
    expect(emailField.safeParse('anna').success).toBe(false)
  })
})
