import { beforeEach, describe, expect, it } from 'vitest'
import { tickItem } from '#lib/runs/commands/items.ts'
import { abort, close, markDeployed, rollBack, startDeployment } from '#lib/runs/commands/steps.ts'
import { getGate } from '#lib/runs/read/gate.ts'
import { getRecord, getRecordMarkdown } from '#lib/runs/read/record.ts'
import { getWaiting } from '#lib/runs/read/waiting.ts'
import { db } from '#lib/server/db.ts'
import { act, addMember, codeOf, done, lastLine } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { at, boardOf, makeScene, memberOf, type OpenedScene, openScene } from './fixture.ts'
import { givePassword, pageOf, signAt } from './signing.ts'

useTestDatabase()

const SOURCE = `# Small

## Pre-Deployment
- [ ] Tests pass

## Deployment
\`\`\`bash
# Roll out
kubectl rollout restart deployment/web
\`\`\`

## Post-Deployment
- [ ] Application loads

## Sign-Off

| Role | Name | Date | Signature |
| --- | --- | --- | --- |
| Developer | | | |
| Security | | | |
`

let scene: OpenedScene
const tick = async (text: string) =>
  done(act(tickItem, scene.bo.principal, { ...(await at(scene, text)), note: null }))
const step = (command: typeof close) => act(command, scene.ana.principal, scene.address)

beforeEach(async () => {
  scene = await openScene(await makeScene({ source: SOURCE }))
  await givePassword([scene.ana, scene.cy])
  await tick('Tests pass')
  await done(signAt(scene, { person: scene.ana, role: 'Developer' }))
  await done(signAt(scene, { person: scene.cy, role: 'Security' }))
  await done(step(startDeployment))
})

const stop = () => ({
  person: scene.cy,
  role: 'Security',
  decision: 'no_go' as const,
  reason: 'The logs show another customer’s data.',
})
const viewer = () => memberOf(scene.ana.principal, scene.team.slug)
const gate = async () => getGate(await viewer(), { ...scene, askedDigest: null })

describe('a no-go while deploying', () => {
  it('replaces the signer’s own go, turns the gate, and stands on the board with its reason', async () => {
    expect(await gate()).toMatchObject({ go: true })
    await done(signAt(scene, stop()))
    expect(await gate()).toMatchObject({
      go: false,
      reasons: [{ code: 'slot_no_go', text: 'Cy signed no-go as Security' }],
    })
    const board = await boardOf(scene, scene.ana)
    expect(board.slots[1]).toMatchObject({ state: 'signed', decision: 'no_go', reason: stop().reason })
    expect(await lastLine(scene.runId)).toMatchObject({
      action: 'run.signed',
      data: { role: 'Security', decision: 'no_go' },
    })
    expect(await db().signoff.count({ where: { runId: scene.runId, role: 'Security' } })).toBe(2)
    // What happened may be said; that it happened against a no-go stays visible.
    expect(board.can).toMatchObject({ markDeployed: false, rollBack: true, abort: true })
    await tick('Roll out')
    expect(await codeOf(step(markDeployed))).toBe('ok')
  })

  it('says in its text that the deployment had started, and in the record too', async () => {
    const before = await pageOf(scene, stop())
    expect(before.manifest.run.state).toBe('deploying')
    expect(before.obstacles.go.map(({ code }) => code)).toEqual(['run_started'])
    await done(signAt(scene, stop()))
    const record = await getRecord(await viewer(), scene.address)
    expect(record?.signatures.map(({ role, decision, afterStart }) => [role, decision, afterStart])).toEqual([
      ['Developer', 'go', false],
      ['Security', 'go', false],
      ['Security', 'no_go', true],
    ])
    expect(await getRecordMarkdown(await viewer(), scene.address)).toContain(
      'no-go (after the start of the deployment): The logs show another customer’s data.',
    )
  })

  it('is lifted by a go of the role, and until then is what holds up whoever opened the run', async () => {
    await done(signAt(scene, stop()))
    expect((await getWaiting(await viewer())).stuck).toMatchObject([
      { reason: 'Cy signed no-go as Security' },
    ])
    await done(signAt(scene, { person: scene.cy, role: 'Security' }))
    expect(await gate()).toMatchObject({ go: true })
    expect(await codeOf(signAt(scene, { person: scene.cy, role: 'Security' }))).toBe('run_started')
  })

  it('may come from another holder of the role, over the go of the first', async () => {
    const dan = await addMember(scene.team, { name: 'Dan', roles: ['Security'] })
    await givePassword([dan])
    expect(await codeOf(signAt(scene, { person: dan, role: 'Security' }))).toBe('run_started')
    await done(signAt(scene, { ...stop(), person: dan }))
    expect(await gate()).toMatchObject({ reasons: [{ text: 'Dan signed no-go as Security' }] })
    expect(await codeOf(signAt(scene, { person: scene.cy, role: 'Security' }))).toBe('slot_taken')
  })
})

describe('a recusal while deploying', () => {
  it('opens the slot to another holder, for whom it waits', async () => {
    const dan = await addMember(scene.team, { name: 'Dan', roles: ['Security'] })
    await givePassword([dan])
    await done(signAt(scene, { person: scene.cy, role: 'Security', decision: 'recuse' }))
    expect(await gate()).toMatchObject({ go: false, reasons: [{ code: 'slot_recused' }] })
    const waiting = await getWaiting(await memberOf(dan.principal, scene.team.slug))
    expect(waiting.slots).toMatchObject([{ role: 'Security', ready: true, reason: 'Cy recused' }])
    expect(await codeOf(signAt(scene, { person: dan, role: 'Security' }))).toBe('ok')
    expect(await gate()).toMatchObject({ go: true })
  })
})

describe('a no-go while verifying', () => {
  beforeEach(async () => {
    await tick('Roll out')
    await done(step(markDeployed))
    await tick('Application loads')
    await done(signAt(scene, stop()))
  })

  it('keeps the run from being closed, which is said, and leaves the way back open', async () => {
    const refusal = await step(close)
    expect(refusal.ok ? null : refusal.refusal).toMatchObject({
      code: 'no_go_stands',
      detail: { reasons: ['Cy signed no-go as Security'] },
    })
    const board = await boardOf(scene, scene.ana)
    expect(board.can).toMatchObject({ close: false, rollBack: true, abort: true })
    expect(board.why.close).toContain('Cy signed no-go as Security')
    const input = { ...scene.address, reason: 'As Cy asks' }
    expect(await codeOf(act(rollBack, scene.ana.principal, input))).toBe('ok')
    expect(await codeOf(signAt(scene, { person: scene.cy, role: 'Security' }))).toBe('run_started')
  })

  it('is lifted by a go, and then the run closes', async () => {
    await done(signAt(scene, { person: scene.cy, role: 'Security' }))
    expect(await codeOf(step(close))).toBe('ok')
  })
})

it('nothing is signed once the run is over', async () => {
  const seen = await pageOf(scene, stop())
  await done(act(abort, scene.ana.principal, { ...scene.address, reason: 'Enough', deployed: false }))
  const text = { manifest: seen.text, mark: seen.mark }
  expect(await codeOf(signAt(scene, stop(), text))).toBe('run_over')
  expect((await boardOf(scene, scene.cy)).slots[1]).toMatchObject({ canStop: false, canOpen: false })
})
