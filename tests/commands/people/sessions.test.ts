import { beforeEach, describe, expect, it } from 'vitest'
import { mintActor } from '#lib/auth/mint.ts'
import { runCommand } from '#lib/door/run-command.ts'
import { endSession } from '#lib/people/commands/end-session.ts'
import { endSessionsOf } from '#lib/people/commands/end-sessions.ts'
import { signOut } from '#lib/people/commands/sign-out.ts'
import { listMySessions } from '#lib/people/read.ts'
import { db } from '#lib/server/db.ts'
import { readSessionClock, touchSession } from '#lib/server/session-clock.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { age, isLive, lastLines, makeAccount, signedIn } from './account.ts'

useTestDatabase()

let ana: { id: string; email: string }
beforeEach(async () => {
  ana = await makeAccount()
})

describe('a session', () => {
  it('is over fifteen minutes after the last touch, and asking extends nothing', async () => {
    const { principal } = await signedIn(ana.email)
    await age(principal, { seen: 880 })
    const clock = await readSessionClock(principal.idHash)
    expect(clock?.idleSeconds).toBeLessThanOrEqual(20)
    expect(await isLive(principal)).toBe(true)
    expect((await readSessionClock(principal.idHash))?.idleSeconds).toBeLessThanOrEqual(
      clock?.idleSeconds ?? 0,
    )
    await age(principal, { seen: 20 })
    expect(await isLive(principal)).toBe(false)
    expect(await readSessionClock(principal.idHash)).toBeNull()
    expect(await touchSession({ idHash: principal.idHash, agoSeconds: 0 })).toBeNull()
  })

  it('counts from what the person did, not from when the touch arrived, and never moves back', async () => {
    const { principal } = await signedIn(ana.email)
    await age(principal, { seen: 600 })
    const clock = await touchSession({ idHash: principal.idHash, agoSeconds: 40 })
    expect(clock?.idleSeconds).toBeGreaterThan(855)
    expect(clock?.idleSeconds).toBeLessThan(861)
    const later = await touchSession({ idHash: principal.idHash, agoSeconds: 300 })
    expect(later?.idleSeconds).toBeGreaterThan(855)
  })

  it('is over after twelve hours however busy', async () => {
    const { principal } = await signedIn(ana.email)
    await age(principal, { absolute: 12 * 3_600 - 5 })
    expect(
      (await touchSession({ idHash: principal.idHash, agoSeconds: 0 }))?.absoluteSeconds,
    ).toBeLessThanOrEqual(5)
    await age(principal, { absolute: 5 })
    expect(await isLive(principal)).toBe(false)
    expect(await touchSession({ idHash: principal.idHash, agoSeconds: 0 })).toBeNull()
  })

  it('ends at once by signing out, with a line; and doing so again is not signed in', async () => {
    const { principal } = await signedIn(ana.email)
    expect(await runCommand(signOut, { principal, input: {} })).toMatchObject({ ok: true })
    expect(await isLive(principal)).toBe(false)
    expect(await lastLines(1)).toMatchObject([{ action: 'account.signed_out', data: { userId: ana.id } }])
    expect(await runCommand(signOut, { principal, input: {} })).toMatchObject({
      refusal: { code: 'not_signed_in' },
    })
  })

  it('ends at once when the account is deactivated', async () => {
    const { principal } = await signedIn(ana.email)
    await db().user.update({ where: { id: ana.id }, data: { deactivatedAt: new Date() } })
    expect(await isLive(principal)).toBe(false)
  })

  it('of a person is ended for other changes, all but the one kept', async () => {
    const [kept, other] = [await signedIn(ana.email), await signedIn(ana.email)]
    const bystander = await signedIn((await makeAccount()).email)
    await db().$transaction((tx) =>
      endSessionsOf(tx, { userId: ana.id, reason: 'role_changed', kept: kept.principal.idHash }),
    )
    expect(await Promise.all([kept, other, bystander].map(({ principal }) => isLive(principal)))).toEqual([
      true,
      false,
      true,
    ])
    await db().$transaction((tx) => endSessionsOf(tx, { userId: ana.id, reason: 'deactivated' }))
    expect(await isLive(kept.principal)).toBe(false)
  })
})

describe('one’s own sessions', () => {
  it('are listed with the one in use first, and ended one by one or all others', async () => {
    const [mine, second, third] = [
      await signedIn(ana.email),
      await signedIn(ana.email),
      await signedIn(ana.email),
    ]
    const idle = await signedIn(ana.email)
    await age(idle.principal, { seen: 1_000 })
    const actor = await mintActor({ principal: mine.principal, team: null })
    if (typeof actor === 'string' || actor.kind !== 'person') throw new Error('not signed in')
    const listed = await listMySessions(actor)
    expect(listed).toHaveLength(3)
    expect(listed.map(({ current }) => current)).toEqual([true, false, false])
    expect(listed[0]).toMatchObject({
      device: 'Firefox on Linux',
      address: expect.stringContaining('198.51.'),
    })

    const end = (session: string) => runCommand(endSession, { principal: mine.principal, input: { session } })
    const id = Buffer.from(second.principal.idHash).toString('hex')
    expect(await end(id)).toMatchObject({ ok: true, value: { value: { ended: 1 } } })
    expect(await isLive(second.principal)).toBe(false)
    expect(await end(id)).toMatchObject({ value: { value: { ended: 0 } } })
    expect(await end('others')).toMatchObject({ ok: true })
    expect([await isLive(mine.principal), await isLive(third.principal)]).toEqual([true, false])
    expect(await lastLines(1)).toMatchObject([{ action: 'account.session_ended', data: { userId: ana.id } }])
  })

  it('are nobody else’s to end', async () => {
    const mine = await signedIn(ana.email)
    const other = await signedIn((await makeAccount()).email)
    const session = Buffer.from(other.principal.idHash).toString('hex')
    expect(await runCommand(endSession, { principal: mine.principal, input: { session } })).toMatchObject({
      value: { value: { ended: 0 } },
    })
    expect(await isLive(other.principal)).toBe(true)
    const nobody = { kind: 'anonymous', ip: '198.51.100.1' } as const
    expect(await runCommand(endSession, { principal: nobody, input: { session } })).toMatchObject({
      refusal: { code: 'not_found' },
    })
  })
})
