import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/server/db.ts'
import { emailHash } from '#lib/server/email-hash.ts'
import { secretHash } from '#lib/server/ids.ts'
import { HASHES_AT_ONCE, hashPassword, passwordWork, verifyPassword } from '#lib/server/passwords.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { ageLimits, attempt, freshIp, isLive, lastLines, makeAccount, PASSWORD, signedIn } from './account.ts'

useTestDatabase()

let ana: { id: string; email: string }
beforeAll(async () => {
  ana = await makeAccount()
})

describe('signing in', () => {
  it('makes a session of its own each time, keeps only the hash of its id and writes a line', async () => {
    const [first, second] = [await signedIn(ana.email), await signedIn(ana.email.toUpperCase())]
    expect(first.sid).not.toBe(second.sid)
    const row = await db().session.findUniqueOrThrow({ where: { idHash: secretHash(first.sid) } })
    expect(row).toMatchObject({ userId: ana.id, revokedAt: null })
    expect(row.absoluteExpiresAt.getTime() - row.createdAt.getTime()).toBe(12 * 3_600_000)
    expect(await lastLines(1)).toMatchObject([{ action: 'account.signed_in', data: { userId: ana.id } }])
  })

  it('ends the session that the browser had before', async () => {
    const old = await signedIn(ana.email)
    const next = await signedIn(ana.email, old.sid)
    expect([await isLive(old.principal), await isLive(next.principal)]).toEqual([false, true])
    const row = await db().session.findUniqueOrThrow({ where: { idHash: old.principal.idHash } })
    expect(row.revokedReason).toBe('replaced')
  })

  it('takes a password typed in another normal form', async () => {
    const hash = await hashPassword('café à la crème brûlée'.normalize('NFD'))
    expect(await verifyPassword({ hash, password: 'café à la crème brûlée'.normalize('NFC') })).toBe(true)
  })
})

describe('a refused sign-in', () => {
  it('is the same for a wrong password, an unknown address and a deactivated account, and costs one verification each', async () => {
    const gone = await makeAccount({ deactivatedAt: new Date() })
    const answers: unknown[] = []
    for (const tried of [
      { email: ana.email, password: 'not the password at all' },
      { email: 'nobody@example.org', password: PASSWORD },
      { email: gone.email, password: PASSWORD },
      { email: gone.email, password: 'not the password at all' },
      { email: 'no address', password: PASSWORD },
    ]) {
      const before = passwordWork().verified
      const result = await attempt(tried)
      expect(passwordWork().verified - before).toBe(1)
      answers.push(result.ok ? result.value.value : result.refusal)
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ signedIn: false })
  })

  it('is a line of the log with a keyed hash in place of the address', async () => {
    const email = 'Carla@Example.org'
    await attempt({ email, password: 'not the password at all' })
    const [line] = await lastLines(1)
    expect(line).toMatchObject({
      action: 'account.sign_in_refused',
      data: { emailHash: emailHash(email), reason: 'no_match' },
    })
    expect(JSON.stringify(line).toLowerCase()).not.toContain('carla')
  })

  it('is slowed down after ten in a row from one network, longer and longer, and forgiven by a success', async () => {
    const { email } = await makeAccount()
    const ip = freshIp()
    const wrong = () => attempt({ email, password: 'not the password at all', ip })
    const waits: number[] = []
    const waited = async () => {
      const result = await wrong()
      if (result.ok || result.refusal.code !== 'too_many_requests') return null
      const detail = result.refusal.detail as { retryAfterSeconds: number }
      waits.push(detail.retryAfterSeconds)
      return detail.retryAfterSeconds
    }
    for (let count = 0; count < 10; count += 1) expect(await waited()).toBeNull()
    const verified = passwordWork().verified
    expect(await waited()).toBeGreaterThan(25)
    // Even the right password waits, or guessing would go on behind the wait.
    expect(await attempt({ email, ip })).toMatchObject({ ok: false, refusal: { code: 'too_many_requests' } })
    expect(passwordWork().verified).toBe(verified)
    expect((await attempt({ email })).ok).toBe(true)
    await ageLimits(30)
    expect(await waited()).toBeNull()
    expect(await waited()).toBeGreaterThan(55)
    await ageLimits(60)
    expect(await attempt({ email, ip })).toMatchObject({ ok: true, value: { value: { signedIn: true } } })
    for (let count = 0; count < 10; count += 1) expect(await waited()).toBeNull()
    expect(await waited()).toBeLessThanOrEqual(30)
  })

  it('counts for the whole network at a hundred a day, whoever is tried; right ones do not count', async () => {
    const { email } = await makeAccount()
    const ip = freshIp()
    await attempt({ email: 'first@example.org', ip })
    await db().rateLimit.update({ where: { key: `sign-in-network:${ip}` }, data: { count: 99 } })
    expect(await attempt({ email, ip })).toMatchObject({ ok: true, value: { value: { signedIn: true } } })
    expect(await attempt({ email: 'second@example.org', ip })).toMatchObject({ ok: true })
    const shut = await attempt({ email, ip })
    expect(shut).toMatchObject({
      ok: false,
      refusal: { code: 'too_many_requests', message: expect.stringContaining('24 hours') },
    })
    await ageLimits(86_400)
    expect(await attempt({ email, ip })).toMatchObject({ ok: true, value: { value: { signedIn: true } } })
  })

  it('lets through no more than ten of fifty sent at once, and hashes four at a time', async () => {
    const ip = freshIp()
    const before = passwordWork().verified
    const all = await Promise.all(
      Array.from({ length: 50 }, () => attempt({ email: 'flood@example.org', ip })),
    )
    expect(all.filter((result) => result.ok)).toHaveLength(10)
    expect(passwordWork().verified - before).toBe(10)
    expect(passwordWork().mostAtOnce).toBeLessThanOrEqual(HASHES_AT_ONCE)
  })
})
