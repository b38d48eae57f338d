import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startSampleTarget } from '#lib/cli/sample-target.mjs'
import { tickItem } from '#lib/runs/commands/items.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { getGate } from '#lib/runs/read/gate.ts'
import { startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { db } from '#lib/server/db.ts'
import { act, addMember, codeOf, done } from '#tests/commands/teams/people.ts'
import { probed, until } from '#tests/commands/worker/probed-run.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { at, makeScene, memberOf, type OpenedScene, openScene } from './fixture.ts'
import { givePassword, type Signing, shown, signAt } from './signing.ts'

useTestDatabase()

const ROLES = ['Developer', 'Reviewer', 'DevOps', 'Security']
const SOURCE = `# Four

## Pre-Deployment
${probed('Health', '/health/')}
${probed('Metrics', '/metrics')}
- [ ] Somebody looked

## Sign-Off

| Role | Name | Date | Signature |
| --- | --- | --- | --- |
${ROLES.map((role) => `| ${role} | | | |`).join('\n')}
`

let target: Awaited<ReturnType<typeof startSampleTarget>>
beforeAll(async () => {
  target = await startSampleTarget()
})
afterAll(() => target.close())

async function openFour(): Promise<{ scene: OpenedScene; signers: Signing[] }> {
  const made = await makeScene({ source: SOURCE })
  const { team } = made
  await db().environment.updateMany({
    where: { teamId: team.teamId },
    data: { variables: { BASE_URL: target.url }, allowList: [new URL(target.url).host] },
  })
  const scene = await openScene(made)
  const signers: Signing[] = []
  for (const role of ROLES) {
    const person = await addMember(team, { name: `Signer of ${role}`, roles: [role] })
    signers.push({ person, role })
  }
  await givePassword(signers.map(({ person }) => person))
  return { scene, signers }
}

const observed = ({ runId }: OpenedScene) => db().observation.count({ where: { runId } })

describe('signing', () => {
  it('by four people, one after another, is staled by no probe that stays green', async () => {
    const { scene, signers } = await openFour()
    const worker = startProbeWorker()
    const again = async () => {
      const before = await observed(scene)
      await done(act(startProbes, scene.ana.principal, { ...scene.address, keys: 'all' }))
      await until('both probes again', async () => (await observed(scene)) >= before + 2)
    }
    try {
      await again()
      await done(act(tickItem, scene.ana.principal, { ...(await at(scene, 'Somebody looked')) }))
      for (const signing of signers) {
        const text = await shown(scene, signing)
        // The machines look again between reading and signing, and once more behind the signature.
        await again()
        await done(signAt(scene, signing, text))
        await again()
      }
    } finally {
      await worker.stop()
    }
    const standing = await db().signoff.findMany({ where: { runId: scene.runId, supersededAt: null } })
    expect(standing.map(({ staleReason }) => staleReason)).toEqual([null, null, null, null])
    const actor = await memberOf(scene.ana.principal, scene.team.slug)
    expect(await getGate(actor, { ...scene, askedDigest: null })).toMatchObject({ go: true, reasons: [] })
  }, 90_000)

  it('takes go only when all is settled, no-go with a reason at any time, and each asks for the password', async () => {
    const { scene, signers } = await openFour()
    const [developer] = signers
    if (!developer) throw new Error('nobody')
    const refusal = (more: Partial<Signing>) => codeOf(signAt(scene, { ...developer, ...more }))
    expect(await refusal({})).toBe('items_unsettled')
    expect(await refusal({ decision: 'no_go' })).toBe('reason_missing')
    expect(await refusal({ decision: 'no_go', reason: 'Not today', password: 'wrong' })).toBe(
      'wrong_password',
    )
    expect(await refusal({ decision: 'no_go', reason: 'Not today' })).toBe('ok')
    expect(await refusal({ role: 'Reviewer', decision: 'recuse' })).toBe('forbidden')
  })

  it('is refused over a text that was not shown, was shown to another, or is not true any more', async () => {
    const { scene, signers } = await openFour()
    const [developer, reviewer] = signers
    if (!developer || !reviewer) throw new Error('nobody')
    const noGo = { ...developer, decision: 'no_go' as const, reason: 'Not today' }
    const text = await shown(scene, developer)
    const forged = { ...text, manifest: text.manifest.replace('"go"', '"no"').replace('v1.0.0', 'v9.9.9') }
    expect(await codeOf(signAt(scene, noGo, forged))).toBe('other_manifest')
    expect(await codeOf(signAt(scene, noGo, await shown(scene, reviewer)))).toBe('other_manifest')
    await done(act(tickItem, scene.ana.principal, { ...(await at(scene, 'Somebody looked')) }))
    const changed = await signAt(scene, noGo, text)
    expect(changed.ok ? null : changed.refusal).toMatchObject({
      code: 'scope_changed',
      detail: { changes: ['“Somebody looked” was open, is claimed'] },
    })
    expect(await codeOf(signAt(scene, noGo))).toBe('ok')
  })
})
