import { describe, expect, it } from 'vitest'
import { openRun } from '#lib/runs/commands/open-run.ts'
import { leftOut, missingVariables } from '#lib/runs/open-form.ts'
import { getBoard } from '#lib/runs/read/board.ts'
import { getOpenForm } from '#lib/runs/read/open-form.ts'
import { db } from '#lib/server/db.ts'
import { changeEnvironment } from '#lib/services/commands/change-environment.ts'
import { createService } from '#lib/services/commands/create-service.ts'
import { publishTemplate } from '#lib/templates/commands.ts'
import { memberOf } from '#tests/commands/runs/fixture.ts'
import { act, addMember, done, linesOf, makeTeam } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

const variable = (name: string) => `${'$'}{${name}}`
const SOURCE = `# Web

- [ ] Up <!-- probe: http ${variable('BASE_URL')}/ expect status == 200, if-set -->
- [ ] Cached <!-- probe: redis ${variable('REDIS_URL')} expect ping, if-set -->
- [ ] Tests pass <!-- probe: report tests expect failed == 0, if-set CI_REPORTS -->
- [ ] Must be asked <!-- probe: http ${variable('OTHER_URL')}/ expect status == 200 -->
`

async function open(variables: string) {
  const team = await makeTeam()
  const ana = await addMember(team, { name: 'Ana', roles: ['Developer'] })
  const owner = team.owner.principal
  await done(act(createService, owner, { team: team.slug, name: 'web' }))
  const environment = { team: team.slug, service: 'web', environment: 'production' }
  await done(act(changeEnvironment, owner, { ...environment, variables, allowList: '', version: 1 }))
  await done(act(publishTemplate, owner, { team: team.slug, name: 'Web', source: SOURCE }))
  const viewer = await memberOf(ana.principal, team.slug)
  const form = await getOpenForm(viewer)
  const opened = await done(
    act(openRun, ana.principal, { ...environment, template: 'web', version: 'v1', commit: '8f3c2d1' }),
  )
  return { form, opened, board: await getBoard(viewer, { service: 'web', number: opened.number }) }
}

describe('a probe with if-set', () => {
  it('is left out where its variables are not set; the item says what would be needed, the log which', async () => {
    const { form, opened, board } = await open('BASE_URL=https://a.example')
    const production = form.services[0]?.environments.find(({ slug }) => slug === 'production')
    const seen = { template: form.templates[0], environment: production }
    expect(leftOut(seen)).toEqual({ probes: 2, names: ['REDIS_URL', 'CI_REPORTS'] })
    expect(missingVariables(seen)).toEqual([{ name: 'OTHER_URL', items: 1 }])
    expect(board?.items.map(({ probe, unasked }) => [probe?.kind ?? null, unasked])).toEqual([
      ['http', null],
      [null, ['REDIS_URL']],
      [null, ['CI_REPORTS']],
      ['http', null],
    ])
    expect(board?.items.map(({ tickNeedsNote }) => tickNeedsNote)).toEqual([true, false, false, true])
    const [first] = await linesOf(opened.runId)
    expect(first?.data).toMatchObject({ leftOut: [board?.items[1]?.key, board?.items[2]?.key] })
    const hashes = await db().runItem.findMany({
      where: { runId: opened.runId },
      orderBy: { ordinal: 'asc' },
    })
    expect(hashes.map(({ probeHash }) => probeHash !== null)).toEqual([true, false, false, true])
  })
  it('is asked where they are', async () => {
    const { board } = await open('BASE_URL=https://a.example\nREDIS_URL=redis://a.example\nCI_REPORTS=yes')
    expect(board?.items.map(({ probe }) => probe?.kind)).toEqual(['http', 'redis', 'report', 'http'])
  })
})
