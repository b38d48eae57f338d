import { expect, it } from 'vitest'
import { tickItem } from '#lib/runs/commands/items.ts'
import { getEarlierItems } from '#lib/runs/read/earlier-items.ts'
import { db } from '#lib/server/db.ts'
import { publishTemplate } from '#lib/templates/commands.ts'
import type { TemplateModel } from '#lib/templates/model.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { at, CHECKLIST, makeScene, memberOf, openScene } from './fixture.ts'

useTestDatabase()

it('an item brings its history along when it is reworded, and nobody else’s', async () => {
  const scene = await makeScene()
  const first = await openScene(scene, { environment: 'staging' })
  const before = await at(first, 'Tests pass')
  await done(act(tickItem, scene.ana.principal, { ...before, note: null }))

  const source = CHECKLIST.replace('- [ ] Tests pass', '- [ ] All tests pass on the release commit')
  const later = parseTemplate(source).items.find(({ text }) => text.startsWith('All tests'))
  await done(
    act(publishTemplate, scene.ana.principal, {
      team: scene.team.slug,
      template: scene.template,
      source,
      basedOn: 1,
      identity: { [later?.key ?? '']: before.key },
    }),
  )
  const second = await openScene(scene, { version: 'v2.0.0' })
  const now = await at(second, 'All tests pass')
  expect(now.key).toBe(before.key)

  const reader = await memberOf(scene.eve.principal, scene.team.slug)
  expect(await getEarlierItems(reader, { runId: second.runId, key: now.key })).toEqual({
    team: scene.team.slug,
    service: 'web',
    rows: [
      {
        number: 1,
        version: 'v1.0.0',
        environment: 'staging',
        text: 'Tests pass',
        state: 'passed',
        grade: 'claimed',
        last: { by: 'Ana', at: expect.any(Number) },
      },
    ],
  })
  const untouched = await at(second, 'Access reviewed')
  const rows = (await getEarlierItems(reader, { runId: second.runId, key: untouched.key })).rows
  expect(rows).toMatchObject([{ number: 1, state: 'open', last: null }])
  expect((await getEarlierItems(reader, { runId: first.runId, key: before.key })).rows).toEqual([])

  const other = await makeScene()
  const stranger = await memberOf(other.ana.principal, other.team.slug)
  expect((await getEarlierItems(stranger, { runId: second.runId, key: now.key })).rows).toEqual([])

  const stored = await db().templateVersion.findFirstOrThrow({
    where: { number: 2, template: { slug: scene.template, teamId: scene.team.teamId } },
  })
  expect((stored.model as unknown as TemplateModel).items.map(({ key }) => key)).toContain(before.key)
})
