import { describe, expect, it, vi } from 'vitest'
import { GET, POST } from '#app/api/v1/gate/route.ts'
import { db } from '#lib/server/db.ts'
import { makeGateToken } from '#lib/services/commands/make-gate-token.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { makeScene, openScene, type Scene } from './fixture.ts'

const broken = vi.hoisted(() => ({ now: false }))

vi.mock('#lib/runs/read/gate.ts', async (original) => {
  const { getGate } = await original<typeof import('#lib/runs/read/gate.ts')>()
  const orBroken: typeof getGate = (...asked) =>
    broken.now ? Promise.reject(new Error('gone')) : getGate(...asked)
  return { getGate: orBroken }
})

useTestDatabase()

type Answer = {
  status: number
  body: {
    go?: boolean
    errors?: object
    detail?: { go: boolean; reasons: { code: string }[] }
    reasons?: { code: string }[]
  }
}

async function tokenOf(scene: Scene): Promise<string> {
  const input = {
    team: scene.team.slug,
    service: scene.service,
    environment: scene.environment,
    name: 'Pipeline',
    days: 30 as const,
  }
  return (await done(act(makeGateToken, scene.team.owner.principal, input))).token
}

async function ask({
  query,
  token,
  call = GET,
}: {
  query: string
  token: string
  call?: typeof GET
}): Promise<Answer> {
  const request = new Request(`http://localhost/api/v1/gate?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const answer = await call(request, { params: Promise.resolve({}) })
  return { status: answer.status, body: await answer.json() }
}

describe('the gate’s address', () => {
  it('says NO-GO with its reasons, to GET and POST alike, and always 200 to who polls', async () => {
    const scene = await openScene(await makeScene())
    const token = await tokenOf(scene)
    const query = `service=${scene.service}&environment=${scene.environment}`
    for (const call of [GET, POST]) {
      const { status, body } = await ask({ query, token, call })
      expect(status).toBe(403)
      expect(body.detail?.reasons.map(({ code }) => code)).toContain('slot_waiting')
    }
    const polled = await ask({ query: `${query}&as=json`, token })
    expect(polled).toMatchObject({ status: 200, body: { go: false } })
  })

  it('takes an empty digest for a mistake, never for no question', async () => {
    const scene = await openScene(await makeScene())
    const query = `service=${scene.service}&environment=${scene.environment}&digest=`
    const { status, body } = await ask({ query, token: await tokenOf(scene) })
    expect(status).toBe(400)
    expect(body.errors).toHaveProperty('digest')
  })

  it('opens no other service or environment, and nothing to an unknown token', async () => {
    const scene = await openScene(await makeScene())
    const token = await tokenOf(scene)
    for (const query of [
      'service=other&environment=production',
      `service=${scene.service}&environment=staging`,
    ])
      expect((await ask({ query, token })).status).toBe(404)
    const query = `service=${scene.service}&environment=${scene.environment}`
    expect((await ask({ query, token: 'csg_unknown' })).status).toBe(401)
  })

  it('opens nothing to a token from the moment that it expires', async () => {
    const scene = await openScene(await makeScene())
    const token = await tokenOf(scene)
    const query = `service=${scene.service}&environment=${scene.environment}&as=json`
    const expires = (sql: 'past' | 'ahead') =>
      db().gateToken.updateMany({
        where: { teamId: scene.team.teamId },
        data: { expiresAt: new Date(Date.now() + (sql === 'past' ? -1_000 : 60_000)) },
      })
    await expires('ahead')
    expect((await ask({ query, token })).status).toBe(200)
    await expires('past')
    expect((await ask({ query, token })).status).toBe(401)
    expect((await ask({ query, token, call: POST })).status).toBe(401)
  })

  it('is closed while it cannot be computed', async () => {
    const scene = await openScene(await makeScene())
    const token = await tokenOf(scene)
    broken.now = true
    const query = `service=${scene.service}&environment=${scene.environment}`
    const refused = await ask({ query, token })
    const polled = await ask({ query: `${query}&as=json`, token })
    broken.now = false
    expect(refused).toMatchObject({ status: 403, body: { detail: { reasons: [{ code: 'error' }] } } })
    expect(polled).toMatchObject({ status: 200, body: { go: false, reasons: [{ code: 'error' }] } })
  })
})
