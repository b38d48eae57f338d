import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { isMember } from '#lib/access/actor.ts'
import { mintActor, type Principal } from '#lib/auth/mint.ts'
import { endSession } from '#lib/people/commands/end-session.ts'
import { endSessionsOf } from '#lib/people/commands/end-sessions.ts'
import { signOut } from '#lib/people/commands/sign-out.ts'
import { liveResponse } from '#lib/runs/channels/live-response.ts'
import { db } from '#lib/server/db.ts'
import { changeAccountRole } from '#lib/teams/commands/change-account-role.ts'
import { changeSignoffRoles } from '#lib/teams/commands/change-signoff-roles.ts'
import { deactivateMember } from '#lib/teams/commands/deactivate-member.ts'
import { age } from '#tests/commands/people/account.ts'
import { act, done, signIn } from '#tests/commands/teams/people.ts'
import { until } from '#tests/commands/worker/probed-run.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { makeScene, type OpenedScene, openScene } from './fixture.ts'

useTestDatabase()

type Stream = { said: () => string; closed: () => boolean; leave: () => void }

let scene: OpenedScene
let streams: Stream[]
// The poll never beats in these tests, so what ends a stream is the word of whoever ended the session.
beforeEach(async () => {
  scene = await openScene(await makeScene())
  streams = []
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(() => {
  for (const { leave } of streams) leave()
  vi.useRealTimers()
})

/** An open live stream of the run, with everything that it has said. */
async function open(principal: Principal): Promise<Stream> {
  const controller = new AbortController()
  const response = await liveResponse({
    request: new Request('http://localhost/', { signal: controller.signal }),
    principal,
    team: scene.team.slug,
    service: scene.service,
    number: scene.number,
    runId: scene.runId,
    after: 0,
  })
  if (!response?.body) throw new Error('no stream')
  let said = ''
  let closed = false
  void (async () => {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) said += part.value
    closed = true
  })()
  const stream = { said: () => said, closed: () => closed, leave: () => controller.abort() }
  streams.push(stream)
  await until('the stream is under way', async () => said.includes('event: board'))
  return stream
}

const isOver = (stream: Stream, reason: string) =>
  until(
    `the stream ends: ${reason}`,
    async () => stream.closed() && stream.said().includes(`"reason":"${reason}"`),
  )

const hashOf = (principal: Principal): Uint8Array<ArrayBuffer> => {
  if (principal.kind !== 'session') throw new Error('no session')
  return principal.idHash
}

describe('an open live stream', () => {
  it('ends when its own session is signed out, and the person’s other ones go on', async () => {
    const second = await signIn(scene.ana.userId)
    const [mine, other, bo] = [
      await open(scene.ana.principal),
      await open(second),
      await open(scene.bo.principal),
    ]
    await done(act(signOut, scene.ana.principal, {}))
    await isOver(mine, 'signed_out')
    expect([other.closed(), bo.closed()]).toEqual([false, false])
    await done(act(endSession, await signIn(scene.ana.userId), { session: 'others' }))
    await isOver(other, 'signed_out')
    expect(bo.closed()).toBe(false)
  })

  const owner = () => scene.team.owner.principal
  const about = () => ({ team: scene.team.slug, memberId: scene.ana.memberId })
  it.each([
    [
      'the account role changes',
      () => act(changeAccountRole, owner(), { ...about(), from: 'member', to: 'auditor' }),
    ],
    [
      'the sign-off roles change',
      () => act(changeSignoffRoles, owner(), { ...about(), from: ['Developer'], to: ['DevOps'] }),
    ],
    ['the member is deactivated', () => act(deactivateMember, owner(), about())],
  ] as const)('ends when %s', async (_, change) => {
    const stream = await open(scene.ana.principal)
    const others = await open(scene.bo.principal)
    await done<unknown>(change())
    await isOver(stream, 'signed_out')
    expect(others.closed()).toBe(false)
  })

  it('ends when a password is reset, and goes on when the change that would end it is not committed', async () => {
    const stream = await open(scene.ana.principal)
    const end = (fail: boolean) =>
      db().$transaction(async (tx) => {
        await endSessionsOf(tx, { userId: scene.ana.userId, reason: 'password_reset' })
        if (fail) throw new Error('not after all')
      })
    await expect(end(true)).rejects.toThrow('not after all')
    expect(stream.closed()).toBe(false)
    await end(false)
    await isOver(stream, 'signed_out')
  })

  it('is found by the slow poll when the session idles out, of which nobody tells', async () => {
    const stream = await open(scene.ana.principal)
    await age({ kind: 'session', idHash: hashOf(scene.ana.principal) }, { seen: 901 })
    expect(stream.closed()).toBe(false)
    await vi.advanceTimersByTimeAsync(10_000)
    await isOver(stream, 'signed_out')
  })

  it('is not opened for a session that is over', async () => {
    await done(act(signOut, scene.ana.principal, {}))
    const minted = await mintActor({ principal: scene.ana.principal, team: scene.team.slug })
    expect(typeof minted !== 'string' && isMember(minted)).toBe(false)
    await expect(open(scene.ana.principal)).rejects.toThrow('no stream')
  })
})
