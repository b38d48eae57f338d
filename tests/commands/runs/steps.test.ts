import { beforeEach, describe, expect, it } from 'vitest'
import { markNotApplicable, tickItem } from '#lib/runs/commands/items.ts'
import { answerFact, correctRelease } from '#lib/runs/commands/mid-run.ts'
import {
  abort,
  close,
  finishRollback,
  markDeployed,
  rollBack,
  startDeployment,
  undoDeployed,
} from '#lib/runs/commands/steps.ts'
import { db } from '#lib/server/db.ts'
import { act, codeOf, done, lastLine, linesOf } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { at, boardOf, itemOf, makeScene, type OpenedScene, observe, openScene, signAs } from './fixture.ts'

useTestDatabase()

let scene: OpenedScene
beforeEach(async () => {
  scene = await openScene(await makeScene())
})

const tick = async (text: string, note: string | null = null) =>
  done(act(tickItem, scene.bo.principal, { ...(await at(scene, text)), note }))

async function prepare(): Promise<void> {
  for (const text of ['Tests pass', 'Update status page', 'Access reviewed', 'Cluster healthy'])
    await tick(text)
  await tick('Backup done', 'seen')
  await observe(scene, 'Headers are set', 'pass')
  await signAs(scene, scene.ana, 'Developer')
  await signAs(scene, scene.cy, 'Security')
}

async function start(): Promise<void> {
  await prepare()
  await done(act(startDeployment, scene.ana.principal, scene.address))
}

async function deploy(): Promise<void> {
  await start()
  await tick('Roll out')
  await done(act(markDeployed, scene.ana.principal, scene.address))
}

describe('starting a deployment', () => {
  it('needs the gate’s GO and says what is missing', async () => {
    const refusal = await act(startDeployment, scene.ana.principal, scene.address)
    expect(refusal).toMatchObject({
      ok: false,
      refusal: { code: 'no_go', detail: { keys: expect.any(Array), reasons: expect.any(Array) } },
    })
    expect((await boardOf(scene, scene.ana)).can.startDeployment).toBe(false)
    expect(await linesOf(scene.runId)).toHaveLength(1)
  })

  it('records what the gate was asked with', async () => {
    await prepare()
    const board = await boardOf(scene, scene.ana)
    expect(board.gate).toEqual({ go: true, reasons: [], ownCount: 0 })
    expect(board.can.startDeployment).toBe(true)
    expect(await done(act(startDeployment, scene.ana.principal, scene.address))).toMatchObject({
      state: 'deploying',
    })
    expect(await lastLine(scene.runId)).toMatchObject({
      action: 'run.deployment_started',
      data: {
        gate: {
          go: true,
          itemsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
          slots: [{ role: 'Developer' }, { role: 'Security' }],
        },
      },
    })
    expect(await codeOf(act(startDeployment, scene.ana.principal, scene.address))).toBe('wrong_state')
  })

  it('happens once when two press at once', async () => {
    await prepare()
    const both = await Promise.all(
      [scene.ana, scene.bo].map((person) => codeOf(act(startDeployment, person.principal, scene.address))),
    )
    expect(both.toSorted()).toEqual(['ok', 'wrong_state'])
  })

  it('leaves signatures alone from then on', async () => {
    await start()
    await tick('Roll out')
    expect((await boardOf(scene, scene.ana)).slots.map(({ state }) => state)).toEqual(['signed', 'signed'])
  })
})

describe('deploying, verifying, closing', () => {
  it('goes from step to step, each with what it waits for', async () => {
    await start()
    expect(await act(markDeployed, scene.ana.principal, scene.address)).toMatchObject({
      refusal: { code: 'items_unsettled', message: expect.stringContaining('“Roll out”') },
    })
    await tick('Roll out')
    await done(act(markDeployed, scene.ana.principal, scene.address))
    expect(await act(close, scene.ana.principal, scene.address)).toMatchObject({
      refusal: { code: 'items_unsettled', detail: { keys: [(await at(scene, 'Application loads')).key] } },
    })
    await tick('Application loads')
    await done(act(close, scene.ana.principal, scene.address))
    const board = await boardOf(scene, scene.ana)
    expect(board.run).toMatchObject({ state: 'closed', endedAt: expect.any(Number) })
    expect(Object.values(board.can)).not.toContain(true)
    expect(board.items.flatMap(({ can }) => Object.values(can))).not.toContain(true)
    expect(
      (await linesOf(scene.runId)).map(({ action }) => action).filter((action) => !action.includes('item')),
    ).toEqual(['run.opened', 'run.deployment_started', 'run.deployed', 'run.closed'])
  })

  it('takes back a “deployed” said too early, with a reason', async () => {
    await deploy()
    expect(await codeOf(act(undoDeployed, scene.ana.principal, { ...scene.address, reason: ' ' }))).toBe(
      'invalid',
    )
    await done(act(undoDeployed, scene.ana.principal, { ...scene.address, reason: 'One region is missing' }))
    expect((await boardOf(scene, scene.ana)).run).toMatchObject({ state: 'deploying', deployedAt: null })
    expect(await lastLine(scene.runId)).toMatchObject({
      action: 'run.deployed_undone',
      data: { reason: { textId: expect.any(String) } },
    })
  })
})

describe('rolling back', () => {
  it('is possible only after Start, opens its items, and ends when they are done', async () => {
    expect(await codeOf(act(rollBack, scene.ana.principal, { ...scene.address, reason: 'x' }))).toBe(
      'wrong_state',
    )
    await deploy()
    expect((await itemOf(scene, scene.bo, 'Undo')).can.tick).toBe(false)
    await done(act(rollBack, scene.bo.principal, { ...scene.address, reason: 'Errors above 1 %' }))
    expect((await boardOf(scene, scene.ana)).run).toMatchObject({
      state: 'rolling_back',
      reason: 'Errors above 1 %',
    })
    expect((await itemOf(scene, scene.bo, 'Application loads')).can.tick).toBe(false)
    expect(await codeOf(act(finishRollback, scene.bo.principal, scene.address))).toBe('items_unsettled')
    await tick('Undo')
    await tick('Notify stakeholders')
    await done(act(finishRollback, scene.bo.principal, scene.address))
    expect((await boardOf(scene, scene.ana)).run.state).toBe('rolled_back')
    expect(await lastLine(scene.runId)).toMatchObject({ action: 'run.rolled_back' })
  })
})

describe('aborting', () => {
  it('needs a reason, and after Start the word whether anything was deployed', async () => {
    await start()
    expect(await act(abort, scene.ana.principal, { ...scene.address, reason: 'No' })).toMatchObject({
      refusal: { code: 'deployed_unknown', fields: { deployed: expect.any(String) } },
    })
    await done(act(abort, scene.ana.principal, { ...scene.address, reason: 'No', deployed: true }))
    expect(await lastLine(scene.runId)).toMatchObject({ action: 'run.aborted', data: { deployed: true } })
    expect(
      await codeOf(act(abort, scene.ana.principal, { ...scene.address, reason: 'No', deployed: true })),
    ).toBe('run_over')
    expect(await codeOf(act(tickItem, scene.bo.principal, await at(scene, 'Tests pass')))).not.toBe('ok')
  })
})

describe('correcting the release', () => {
  const release = { version: 'v1.0.1', commit: 'abcdef0', artifactDigest: null, reason: 'Wrong tag' }

  it('stales every slot and voids what machines saw of the old commit', async () => {
    await prepare()
    await done(act(correctRelease, scene.ana.principal, { ...scene.address, ...release }))
    const board = await boardOf(scene, scene.ana)
    expect(board.run).toMatchObject({ version: 'v1.0.1', commit: 'abcdef0' })
    expect(board.slots.map(({ state, staleReason }) => [state, staleReason])).toEqual([
      ['stale', 'Ana corrected the release to v1.0.1 · abcdef0'],
      ['stale', 'Ana corrected the release to v1.0.1 · abcdef0'],
    ])
    expect(await itemOf(scene, scene.ana, 'Headers are set')).toMatchObject({
      state: 'open',
      grade: 'unproven',
      version: 2,
    })
    expect(await itemOf(scene, scene.ana, 'Tests pass')).toMatchObject({ state: 'passed', version: 1 })
    expect((await linesOf(scene.runId)).slice(-3).map(({ action }) => action)).toEqual([
      'run.release_corrected',
      'run.signature_staled',
      'run.signature_staled',
    ])
    expect(await db().evidence.findFirst({ where: { runId: scene.runId, kind: 'void' } })).toMatchObject({
      n: 2,
      byName: 'Ana',
    })
  })

  it('keeps what machines saw when only the version’s name was wrong, and does nothing when nothing changes', async () => {
    await observe(scene, 'Headers are set', 'pass')
    const answer = await done(
      act(correctRelease, scene.ana.principal, { ...scene.address, ...release, commit: '8f3c2d1' }),
    )
    expect(answer.voided).toEqual([])
    const count = (await linesOf(scene.runId)).length
    await done(act(correctRelease, scene.ana.principal, { ...scene.address, ...release, commit: '8f3c2d1' }))
    expect(await linesOf(scene.runId)).toHaveLength(count)
  })

  it('is over once the deployment has started', async () => {
    await start()
    expect(await codeOf(act(correctRelease, scene.ana.principal, { ...scene.address, ...release }))).toBe(
      'wrong_state',
    )
  })
})

describe('answering a run fact later', () => {
  it('makes n/a exactly the items that were shown, and opens them again', async () => {
    const fact = (await boardOf(scene, scene.ana)).facts[0]
    const { key } = await at(scene, 'Update status page')
    expect(fact?.itemKeys).toEqual([key])
    await signAs(scene, scene.ana, 'Developer')
    const answer = { ...scene.address, fact: fact?.key ?? '', answer: false, keys: [key] }
    await done(act(answerFact, scene.bo.principal, answer))
    expect(await itemOf(scene, scene.ana, 'Update status page')).toMatchObject({
      state: 'not_applicable',
      by: { name: 'Bo' },
      seq: 3,
    })
    expect((await linesOf(scene.runId)).slice(-3).map(({ seq, action }) => [seq, action])).toEqual([
      [2, 'run.fact_answered'],
      [3, 'run.item_marked_not_applicable'],
      [4, 'run.signature_staled'],
    ])
    expect((await boardOf(scene, scene.ana)).facts[0]?.answer).toBe(false)
    await done(act(answerFact, scene.bo.principal, { ...answer, answer: true }))
    expect(await itemOf(scene, scene.ana, 'Update status page')).toMatchObject({ state: 'open', version: 2 })
  })

  it('touches no item that does not hang on the question', async () => {
    const fact = (await boardOf(scene, scene.ana)).facts[0]
    const { key } = await at(scene, 'Tests pass')
    expect(
      await codeOf(
        act(answerFact, scene.bo.principal, {
          ...scene.address,
          fact: fact?.key ?? '',
          answer: false,
          keys: [key],
        }),
      ),
    ).toBe('invalid')
    expect(
      await codeOf(
        act(answerFact, scene.bo.principal, { ...scene.address, fact: 'absent', answer: false, keys: [] }),
      ),
    ).toBe('not_found')
  })
})

it('a reader changes nothing of the run', async () => {
  const as = scene.eve.principal
  const codes = await Promise.all([
    codeOf(act(startDeployment, as, scene.address)),
    codeOf(act(abort, as, { ...scene.address, reason: 'x' })),
    codeOf(act(close, as, scene.address)),
    codeOf(act(markNotApplicable, as, { ...(await at(scene, 'Tests pass')), reason: 'x' })),
  ])
  expect(codes).toEqual(Array(4).fill('forbidden'))
  const board = await boardOf(scene, scene.eve)
  expect(Object.values(board.can)).not.toContain(true)
  expect(board.why.abort).toContain('auditor')
})
