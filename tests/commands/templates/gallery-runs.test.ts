import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tickItem, witnessItem } from '#lib/runs/commands/items.ts'
import { close, markDeployed, startDeployment } from '#lib/runs/commands/steps.ts'
import { getRecordMarkdown } from '#lib/runs/read/record.ts'
import { GALLERY } from '#lib/templates/gallery-list.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import {
  boardOf,
  makeScene,
  memberOf,
  type OpenedScene,
  observe,
  openScene,
} from '#tests/commands/runs/fixture.ts'
import { givePassword, signAt } from '#tests/commands/runs/signing.ts'
import { act, addMember, done, type Person } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

const read = (slug: string) =>
  readFileSync(new URL(`../../../lib/templates/gallery/${slug}.md`, import.meta.url), 'utf8')

type Workers = { hand: Person; second: Person }

/** Everything that can be settled now: machines see what they are asked for, one person ticks, another was there. */
async function settle(scene: OpenedScene, { hand, second }: Workers): Promise<void> {
  for (const { key, version, probe, minGrade, state, can } of (await boardOf(scene, hand)).items) {
    if (state !== 'open' || !can.tick) continue
    const address = { ...scene.address, key }
    if (minGrade === 'observed' && probe) await observe(scene, { key }, 'pass')
    else await done(act(tickItem, hand.principal, { ...address, version, note: 'Seen.' }))
    if (minGrade === 'witnessed')
      await done(act(witnessItem, second.principal, { ...address, version: version + 1 }))
  }
}

describe('a run of a shipped checklist', () => {
  it.each(GALLERY.map(({ slug }) => slug))('%s goes from opening to its record', async (slug) => {
    const source = read(slug)
    const roles = parseTemplate(source).roles.map(({ role }) => role)
    const scene = await openScene(await makeScene({ source }))
    const hand = await addMember(scene.team, { name: 'Hand', roles })
    const second = await addMember(scene.team, { name: 'Second' })
    await settle(scene, { hand, second })
    expect((await boardOf(scene, hand)).gate.reasons.map(({ code }) => code)).toEqual(
      roles.map(() => 'slot_waiting'),
    )

    const signers = []
    for (const role of roles)
      signers.push({ person: await addMember(scene.team, { name: `As ${role}`, roles: [role] }), role })
    await givePassword(signers.map(({ person }) => person))
    for (const signer of signers) await done(signAt(scene, signer))
    expect((await boardOf(scene, hand)).gate).toMatchObject({ go: true, reasons: [] })

    await done(act(startDeployment, hand.principal, scene.address))
    await settle(scene, { hand, second })
    await done(act(markDeployed, hand.principal, scene.address))
    await settle(scene, { hand, second })
    await done(act(close, hand.principal, scene.address))

    const auditor = await memberOf(scene.eve.principal, scene.team.slug)
    const record = parseTemplate((await getRecordMarkdown(auditor, scene.address)) ?? '')
    const left = record.items.filter(({ checkedInSource }) => !checkedInSource)
    expect(left.every(({ stage, required }) => stage === 'rollback' || !required)).toBe(true)
    expect(record.items).toHaveLength(parseTemplate(source).items.length)
  })
})
