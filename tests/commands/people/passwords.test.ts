import { beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '#lib/door/run-command.ts'
import { changePassword } from '#lib/people/commands/change-password.ts'
import { checkOwnPassword } from '#lib/people/commands/check-password.ts'
import { resetPassword } from '#lib/people/commands/reset-password.ts'
import { unlockOwner } from '#lib/people/commands/unlock-owner.ts'
import { newResetLink } from '#lib/people/reset-link.ts'
import { db } from '#lib/server/db.ts'
import { newId, newSecret, secretHash } from '#lib/server/ids.ts'
import { passwordWork } from '#lib/server/passwords.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { attempt, freshIp, isLive, lastLines, makeAccount, PASSWORD, signedIn } from './account.ts'

useTestDatabase()

const NEXT = 'brave tulip canoe seven'
let ana: { id: string; email: string }
beforeEach(async () => {
  ana = await makeAccount()
})

describe('changing one’s password', () => {
  it('asks for the old one, ends the other sessions and opens with the new one', async () => {
    const [mine, other] = [await signedIn(ana.email), await signedIn(ana.email)]
    const change = (currentPassword: string, newPassword: string) =>
      runCommand(changePassword, { principal: mine.principal, input: { currentPassword, newPassword } })
    expect(await change('not the password at all', NEXT)).toMatchObject({
      refusal: { code: 'wrong_password', fields: { currentPassword: expect.any(String) } },
    })
    expect(await change(PASSWORD, 'short')).toMatchObject({
      refusal: { code: 'weak_password', fields: { newPassword: expect.stringContaining('12') } },
    })
    expect(await change(PASSWORD, PASSWORD)).toMatchObject({ refusal: { code: 'same_password' } })
    expect(await change(PASSWORD, NEXT)).toMatchObject({ ok: true })
    expect(await lastLines(1)).toMatchObject([
      { action: 'account.password_changed', data: { userId: ana.id, by: 'self' } },
    ])
    expect([await isLive(mine.principal), await isLive(other.principal)]).toEqual([true, false])
    expect(await attempt({ email: ana.email })).toMatchObject({ value: { value: { signedIn: false } } })
    expect(await attempt({ email: ana.email, password: NEXT })).toMatchObject({
      value: { value: { signedIn: true } },
    })
  })

  it('slows guessing down even inside a session', async () => {
    const check = (password: string) => checkOwnPassword({ userId: ana.id, password })
    for (let count = 0; count < 5; count += 1)
      expect(await check('wrong')).toMatchObject({ refusal: { code: 'wrong_password' } })
    const before = passwordWork().verified
    expect(await check(PASSWORD)).toMatchObject({
      refusal: { code: 'too_many_requests', detail: { retryAfterSeconds: expect.any(Number) } },
    })
    expect(passwordWork().verified).toBe(before)
  })
})

async function makeLink(userId: string): Promise<string> {
  const token = newSecret()
  const row = newResetLink({
    id: newId(),
    userId,
    tokenHash: secretHash(token),
    createdBy: null,
    now: new Date(),
  })
  await db().resetLink.create({ data: row })
  return token
}
const reset = (token: string, password = NEXT) =>
  runCommand(resetPassword, { principal: { kind: 'anonymous', ip: freshIp() }, input: { token, password } })

describe('a reset link', () => {
  it('sets a password once, ends every session and every other link', async () => {
    const { principal } = await signedIn(ana.email)
    const [token, second] = [await makeLink(ana.id), await makeLink(ana.id)]
    expect(await reset(token, 'password1234')).toMatchObject({
      refusal: { code: 'weak_password', fields: { password: expect.any(String) } },
    })
    expect(await reset(token)).toMatchObject({ ok: true })
    expect(await lastLines(1)).toMatchObject([
      { action: 'account.password_changed', data: { userId: ana.id, by: 'reset_link' } },
    ])
    expect(await isLive(principal)).toBe(false)
    expect(await reset(token)).toMatchObject({ refusal: { code: 'reset_link_used' } })
    expect(await reset(second)).toMatchObject({ refusal: { code: 'reset_link_used' } })
    expect(await attempt({ email: ana.email, password: NEXT })).toMatchObject({
      value: { value: { signedIn: true } },
    })
  })

  it('used by two at once works for one', async () => {
    const token = await makeLink(ana.id)
    const both = await Promise.all([reset(token), reset(token, 'marble sofa in the attic')])
    expect(both.map((result) => (result.ok ? 'ok' : result.refusal.code)).sort()).toEqual([
      'ok',
      'reset_link_used',
    ])
  })

  it('expires, and an unknown one says no more than that', async () => {
    const token = await makeLink(ana.id)
    await db().resetLink.updateMany({
      where: { userId: ana.id },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    })
    expect(await reset(token)).toMatchObject({ refusal: { code: 'reset_link_expired' } })
    expect(await reset(newSecret())).toMatchObject({ refusal: { code: 'reset_link_unknown' } })
  })

  it('ends the waits of whoever forgot the password', async () => {
    const ip = freshIp()
    for (let count = 0; count < 11; count += 1)
      await attempt({ email: ana.email, password: 'not the password', ip })
    expect(await attempt({ email: ana.email, ip })).toMatchObject({ ok: false })
    await reset(await makeLink(ana.id))
    expect(await attempt({ email: ana.email, password: NEXT, ip })).toMatchObject({
      value: { value: { signedIn: true } },
    })
  })
})

describe('unlocking an owner', () => {
  const unlock = (principal: Parameters<typeof runCommand>[1]['principal'], email: string) =>
    runCommand(unlockOwner, { principal, input: { email } })

  it('is for the console alone; it makes a link that works, and a line', async () => {
    const admin = await makeAccount({ instanceAdmin: true })
    const session = await signedIn(admin.email)
    expect(await unlock(session.principal, admin.email)).toMatchObject({ refusal: { code: 'forbidden' } })
    const made = await unlock({ kind: 'system', name: 'console' }, ` ${admin.email.toUpperCase()} `)
    if (!made.ok) throw new Error(made.refusal.message)
    expect(await lastLines(1)).toMatchObject([
      { action: 'account.owner_unlocked', data: { userId: admin.id } },
    ])
    expect(await reset(made.value.value.token)).toMatchObject({ ok: true })
  })

  it('refuses a plain member and an unknown address', async () => {
    expect(await unlock({ kind: 'system', name: 'console' }, ana.email)).toMatchObject({
      refusal: { code: 'no_owner' },
    })
    expect(await unlock({ kind: 'system', name: 'console' }, 'nobody@example.org')).toMatchObject({
      refusal: { code: 'not_found' },
    })
  })
})
