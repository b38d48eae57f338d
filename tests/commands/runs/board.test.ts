import { describe, expect, it, vi } from 'vitest'
import { tickItem } from '#lib/runs/commands/items.ts'
import { getBoard } from '#lib/runs/read/board.ts'
import { getItemHistory } from '#lib/runs/read/item-history.ts'
import { listLiveRuns } from '#lib/runs/read/live-runs.ts'
import { db, pool } from '#lib/server/db.ts'
import { newId } from '#lib/server/ids.ts'
import { act, done, makeTeam } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { at, boardOf, makeScene, memberOf, openScene, signAs } from './fixture.ts'

useTestDatabase()

/** Statements that the pool's connections send while `work` runs. */
async function countStatements(work: () => Promise<unknown>): Promise<string[]> {
  const client = await pool().connect()
  const spy = vi.spyOn(Object.getPrototypeOf(client) as { query: (...args: unknown[]) => unknown }, 'query')
  client.release()
  await work()
  const sent = spy.mock.calls.map(([first]) =>
    typeof first === 'string' ? first : (first as { text: string }).text,
  )
  spy.mockRestore()
  return sent
}

describe('the board', () => {
  it('is one statement, also with five hundred items', async () => {
    const source = `# Big\n\n## Prepare\n${Array.from({ length: 500 }, (_, n) => `- [ ] Item ${n}`).join('\n')}\n\n| Role | Name | Date | Signature |\n|---|---|---|---|\n| Developer | | | |\n`
    const scene = await openScene(await makeScene({ source }))
    const actor = await memberOf(scene.ana.principal, scene.team.slug)
    await getBoard(actor, scene.address)
    let items = 0
    const sent = await countStatements(async () => {
      items = (await getBoard(actor, scene.address))?.items.length ?? 0
    })
    expect(items).toBe(500)
    expect(sent).toHaveLength(1)
  })

  it('puts the viewer’s own reasons first, counts the grades, and says who is here and who may sign', async () => {
    const scene = await openScene(await makeScene())
    await db().presence.create({
      data: {
        id: newId(),
        runId: scene.runId,
        memberId: scene.bo.memberId,
        name: 'Bo',
        itemKey: null,
        seenAt: new Date(),
      },
    })
    await db().presence.create({
      data: {
        id: newId(),
        runId: scene.runId,
        memberId: scene.cy.memberId,
        name: 'Cy',
        itemKey: null,
        seenAt: new Date(Date.now() - 60_000),
      },
    })
    await done(act(tickItem, scene.ana.principal, await at(scene, 'Tests pass')))
    const board = await boardOf(scene, scene.cy)
    expect(board.gate.ownCount).toBe(1)
    expect(board.gate.reasons[0]).toMatchObject({ code: 'slot_waiting', role: 'Security', own: true })
    expect(board.counts).toEqual({
      observed: 0,
      witnessed: 0,
      claimed: 1,
      tooOld: 0,
      unproven: 7,
      failed: 0,
      notApplicable: 0,
      waived: 0,
    })
    expect(board.presence.map(({ name }) => name)).toEqual(['Bo'])
    expect(board.activity[0]).toMatchObject({ seq: 2, who: 'Ana', text: 'ticked “Tests pass”' })
    expect(board.seq).toBe(2)
    const [developer, security] = board.slots
    expect(developer).toMatchObject({
      state: 'waiting',
      whoCan: ['Ana'],
      canOpen: false,
      why: expect.arrayContaining([expect.stringContaining('Developer')]),
    })
    expect(security).toMatchObject({ canOpen: true, canSignGo: false, unsettledCount: 2, slug: 'security' })
    const bo = await boardOf(scene, scene.bo)
    expect(bo.gate.reasons[0]).toMatchObject({
      code: 'item_open',
      own: true,
      text: expect.stringContaining('Backup'),
    })
  })

  it('shows the same thing as the command answered, and another team nothing', async () => {
    const scene = await openScene(await makeScene())
    const answered = await done(act(tickItem, scene.ana.principal, await at(scene, 'Tests pass')))
    expect((await boardOf(scene, scene.ana)).items.find(({ key }) => key === answered.key)).toEqual(answered)
    const other = await makeTeam()
    const stranger = await memberOf(other.owner.principal, other.slug)
    expect(await getBoard(stranger, scene.address)).toBeNull()
    expect(await getItemHistory(stranger, { runId: scene.runId, key: answered.key })).toBeNull()
    expect(await listLiveRuns(stranger)).toEqual([])
  })

  it('keeps every row of an item’s past', async () => {
    const scene = await openScene(await makeScene())
    const { key } = await done(
      act(tickItem, scene.ana.principal, { ...(await at(scene, 'Headers are set')), note: 'By hand' }),
    )
    const actor = await memberOf(scene.eve.principal, scene.team.slug)
    expect(await getItemHistory(actor, { runId: scene.runId, key })).toMatchObject({
      key,
      rows: [{ n: 1, kind: 'tick', by: 'Ana', text: 'By hand', overProbe: true, observation: null }],
    })
  })

  it('lists the live runs of the team for its home', async () => {
    const scene = await openScene(await makeScene())
    await signAs(scene, scene.ana, 'Developer')
    const actor = await memberOf(scene.bo.principal, scene.team.slug)
    expect(await listLiveRuns(actor)).toMatchObject([
      {
        service: { slug: 'web' },
        environment: { slug: 'production' },
        number: 1,
        state: 'preparing',
        items: { total: 5, settled: 0, failed: 0 },
        slots: { total: 2, signed: 1 },
      },
    ])
  })
})
