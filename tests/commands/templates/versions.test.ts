import { beforeAll, describe, expect, it } from 'vitest'
import { describeEvent } from '#lib/audit/describe.ts'
import { db } from '#lib/server/db.ts'
import { changeEnvironment } from '#lib/services/commands/change-environment.ts'
import { createService } from '#lib/services/commands/create-service.ts'
import {
  archiveTemplate,
  publishTemplate,
  restoreTemplate,
  unarchiveTemplate,
} from '#lib/templates/commands.ts'
import type { TemplateModel } from '#lib/templates/model.ts'
import { listAnnotationWords } from '#lib/templates/read.ts'
import { memberOf } from '#tests/commands/runs/fixture.ts'
import {
  act,
  addMember,
  codeOf,
  done,
  lastLine,
  linesOf,
  makeTeam,
  type Person,
  type TestTeam,
} from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

let team: TestTeam
let ana: Person
let bo: Person
const ITEMS =
  '# Web\n\n- [ ] Tests pass\n- [ ] Database backup completed\n- [ ] Notes written (if new features)\n'
const publish = (person: Person, more: Record<string, unknown>) =>
  act(publishTemplate, person.principal, { team: team.slug, source: ITEMS, ...more })

async function modelOf(slug: string, number: number): Promise<TemplateModel> {
  const stored = await db().templateVersion.findFirstOrThrow({
    where: { number, template: { slug, teamId: team.teamId } },
  })
  return stored.model as unknown as TemplateModel
}
const said = (line: { action: string; data: Record<string, unknown> } | undefined) =>
  line && describeEvent(line)
const keysOf = ({ items }: TemplateModel) => items.map(({ key }) => key)

beforeAll(async () => {
  team = await makeTeam()
  ana = await addMember(team, { name: 'Ana' })
  bo = await addMember(team, { name: 'Bo' })
})

describe('a new version of a template', () => {
  it('keeps the keys of what is certain, and of what a person confirms', async () => {
    await done(publish(ana, { name: 'Keys' }))
    const before = keysOf(await modelOf('keys', 1))
    const source = ITEMS.replace('Database backup completed', 'Database backup completed and verified')
    await done(publish(ana, { template: 'keys', source, basedOn: 1 }))
    const unconfirmed = keysOf(await modelOf('keys', 2))
    expect([unconfirmed[0], unconfirmed[2]]).toEqual([before[0], before[2]])
    expect(unconfirmed[1]).not.toBe(before[1])
    const line = await lastLine(team.streamId)
    expect(line).toMatchObject({ action: 'template.published', data: { number: 2, items: 3, continued: 2 } })
    expect(said(line)).toBe('published keys v2 with 3 items, 2 of them with their history')

    const again = source
      .replace('Notes written', 'Release notes written')
      .replace('Tests pass', 'All tests pass')
    const [tests, , notes] = keysOf(await modelOf('keys', 2))
    const derived = ['all-tests-pass', 'release-notes-written']
    const fresh = (await import('#lib/templates/parse.ts')).parseTemplate(again)
    const identity = Object.fromEntries(
      keysOf(fresh).flatMap((key) => {
        if (key.startsWith(derived[0] ?? '')) return [[key, tests]]
        return key.startsWith(derived[1] ?? '') ? [[key, notes]] : []
      }),
    )
    await done(publish(bo, { template: 'keys', source: again, basedOn: 2, identity }))
    const model = await modelOf('keys', 3)
    expect(keysOf(model)).toEqual(unconfirmed)
    expect(model.facts.map(({ itemKeys }) => itemKeys)).toEqual([[notes]])
    expect(await lastLine(team.streamId)).toMatchObject({ data: { number: 3, continued: 3 } })
  })

  it('refuses an identity that cannot be, and writes nothing', async () => {
    const lines = (await linesOf(team.streamId)).length
    const source = `${ITEMS}- [ ] One more\n`
    for (const identity of [
      { absent: null },
      { absent: 'absent' },
      { [keysOf(await modelOf('keys', 3))[2] ?? '']: 'absent' },
    ])
      expect(await codeOf(publish(ana, { template: 'keys', source, identity }))).toBe('identity_mismatch')
    expect(await linesOf(team.streamId)).toHaveLength(lines)
  })

  it('made from one that is no longer the latest is refused, with who published what when', async () => {
    await done(publish(ana, { name: 'Race' }))
    await done(publish(bo, { template: 'race', source: `${ITEMS}- [ ] Bo\n`, basedOn: 1 }))
    const late = await publish(ana, { template: 'race', source: `${ITEMS}- [ ] Ana\n`, basedOn: 1 })
    expect(late).toMatchObject({
      ok: false,
      refusal: {
        code: 'lost_race',
        message: expect.stringMatching(/^Bo published version 2 at \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/),
        detail: { number: 2, by: 'Bo', at: expect.any(String) },
      },
    })
    expect(
      await done(publish(ana, { template: 'race', source: `${ITEMS}- [ ] Bo\n- [ ] Ana\n`, basedOn: 2 })),
    ).toMatchObject({ number: 3 })
  })

  it('of two at the same moment from the same version one is refused', async () => {
    await done(publish(ana, { name: 'Both' }))
    const both = await Promise.all(
      [ana, bo].map((person, index) =>
        publish(person, { template: 'both', source: `${ITEMS}- [ ] ${index}\n`, basedOn: 1 }),
      ),
    )
    expect(both.map((one) => (one.ok ? 'ok' : one.refusal.code)).toSorted()).toEqual(['lost_race', 'ok'])
  })
})

describe('restoring a version', () => {
  it('publishes its text and its items again, as the next one', async () => {
    await done(publish(ana, { name: 'Back' }))
    await done(publish(bo, { template: 'back', source: '- [ ] Nothing of it\n', basedOn: 1 }))
    const restore = (more: object) =>
      act(restoreTemplate, ana.principal, {
        team: team.slug,
        template: 'back',
        number: 1,
        basedOn: 2,
        note: 'Restores version 1',
        ...more,
      })
    expect(await codeOf(restore({ basedOn: 1 }))).toBe('lost_race')
    expect(await codeOf(restore({ number: 9 }))).toBe('not_found')
    expect(await done(restore({}))).toEqual({ slug: 'back', number: 3, created: true })
    expect(keysOf(await modelOf('back', 3))).toEqual(keysOf(await modelOf('back', 1)))
    const line = await lastLine(team.streamId)
    expect(line).toMatchObject({
      action: 'template.published',
      data: { number: 3, restores: 1, continued: 0 },
    })
    expect(said(line)).toBe('published back v3 with 3 items, restoring v1')
    const stored = await db().templateVersion.findFirstOrThrow({
      where: { number: 3, template: { slug: 'back', teamId: team.teamId } },
    })
    expect(stored).toMatchObject({ source: ITEMS, note: 'Restores version 1' })
    expect(await done(restore({ basedOn: 3 }))).toMatchObject({ number: 3, created: false })
  })
})

describe('the archive', () => {
  it('gives a template back, with its line in the log each time', async () => {
    await done(publish(ana, { name: 'Shelf' }))
    const template = { team: team.slug, template: 'shelf' }
    await done(act(archiveTemplate, ana.principal, template))
    expect(await codeOf(publish(ana, { template: 'shelf', source: `${ITEMS}- [ ] x\n` }))).toBe('archived')
    expect(await codeOf(act(restoreTemplate, ana.principal, { ...template, number: 1, basedOn: 1 }))).toBe(
      'archived',
    )
    await done(act(unarchiveTemplate, bo.principal, template))
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'template.unarchived',
      actor: { name: 'Bo' },
      data: { slug: 'shelf' },
    })
    const lines = (await linesOf(team.streamId)).length
    await done(act(unarchiveTemplate, bo.principal, template))
    expect(await linesOf(team.streamId)).toHaveLength(lines)
    expect(await done(publish(ana, { template: 'shelf', source: `${ITEMS}- [ ] x\n` }))).toMatchObject({
      number: 2,
    })
  })
})

describe('what an annotation may name', () => {
  it('are the roles and the variables of the team, and of no other', async () => {
    const service = await done(act(createService, team.owner.principal, { team: team.slug, name: 'Words' }))
    await done(
      act(changeEnvironment, team.owner.principal, {
        team: team.slug,
        service: service.slug,
        environment: 'staging',
        variables: 'BASE_URL=https://x.example\nASSET_URL=https://y.example',
        allowList: '',
        version: 1,
      }),
    )
    const words = await listAnnotationWords(await memberOf(ana.principal, team.slug))
    expect(words.variables).toEqual(['ASSET_URL', 'BASE_URL'])
    const other = await makeTeam()
    const theirs = await listAnnotationWords(await memberOf(other.owner.principal, other.slug))
    expect(theirs.variables).toEqual([])
  })
})
