import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '#lib/server/db.ts'
import { archiveTemplate, publishTemplate } from '#lib/templates/commands.ts'
import { getTemplateVersion, listTemplates } from '#lib/templates/read.ts'
import { CHECKLIST, memberOf } from '#tests/commands/runs/fixture.ts'
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
const publish = (more: Record<string, unknown>) =>
  act(publishTemplate, ana.principal, { team: team.slug, source: CHECKLIST, ...more })

beforeAll(async () => {
  team = await makeTeam()
  ana = await addMember(team, { name: 'Ana' })
})

describe('publishing a template', () => {
  it('keeps the source byte for byte, numbers the versions and adds the roles that the team lacks', async () => {
    const source = `\uFEFF${CHECKLIST.replace('| Developer |', '| Data Protection Officer |')}`
    expect(await done(publish({ name: 'Web release', source }))).toEqual({
      slug: 'web-release',
      number: 1,
      created: true,
    })
    const stored = await db().templateVersion.findFirstOrThrow({
      where: { template: { slug: 'web-release', teamId: team.teamId } },
    })
    expect(stored.source).toBe(source)
    expect((await linesOf(team.streamId)).slice(-2)).toMatchObject([
      {
        action: 'template.published',
        actor: { name: 'Ana' },
        data: { slug: 'web-release', number: 1, items: 8, sourceHash: stored.sourceHash },
      },
      { action: 'team.signoff_role_added', data: { name: 'Data Protection Officer' } },
    ])
    expect(
      await done(publish({ template: 'web-release', source: CHECKLIST, note: 'Plain roles' })),
    ).toMatchObject({ number: 2 })
    const actor = await memberOf(ana.principal, team.slug)
    expect(await getTemplateVersion(actor, { slug: 'web-release', number: 1 })).toMatchObject({
      number: 1,
      latest: 2,
      source,
      publishedBy: 'Ana',
    })
    expect(await getTemplateVersion(actor, { slug: 'web-release', number: null })).toMatchObject({
      number: 2,
      note: 'Plain roles',
    })
    expect((await listTemplates(actor)).templates).toMatchObject([
      { slug: 'web-release', number: 2, items: 8, steps: 2, roles: ['Developer', 'Security'] },
    ])
  })

  it('makes no version of what is the latest already', async () => {
    const before = await linesOf(team.streamId)
    expect(await done(publish({ template: 'web-release' }))).toEqual({
      slug: 'web-release',
      number: 2,
      created: false,
    })
    expect(await linesOf(team.streamId)).toHaveLength(before.length)
  })

  it('gives two who publish at once two numbers', async () => {
    const sources = ['one', 'two', 'three'].map((word) => `${CHECKLIST}\n- [ ] ${word}\n`)
    const numbers = await Promise.all(
      sources.map((source) => done(publish({ template: 'web-release', source }))),
    )
    expect(numbers.map(({ number }) => number).toSorted()).toEqual([3, 4, 5])
  })

  it('says line and column of what is wrong, and of the limits', async () => {
    const broken = await publish({ name: 'Broken', source: '# A\n\n- [ ] x <!-- probe: http nowhere -->\n' })
    expect(broken).toMatchObject({
      ok: false,
      refusal: {
        code: 'template_problems',
        fields: { source: expect.stringMatching(/^Line 3, column \d+:/) },
      },
    })
    const many = await publish({ name: 'Many', source: `# A\n${'- [ ] x\n'.repeat(2001)}` })
    expect(many).toMatchObject({
      ok: false,
      refusal: { fields: { source: expect.stringMatching(/^Line 2002,.*2,000 items/) } },
    })
    const large = await publish({ name: 'Large', source: `# A\n- [ ] x\n${'prose\n'.repeat(170_000)}` })
    expect(large).toMatchObject({
      ok: false,
      refusal: { code: 'too_large', fields: { source: expect.stringContaining('1,000,000 bytes') } },
    })
    expect(await codeOf(publish({ name: 'Nothing', source: 'Only prose.' }))).toBe('template_problems')
  })

  it('refuses a taken name, a name without an address, an outsider and who may only read', async () => {
    expect(await codeOf(publish({ name: 'WEB RELEASE' }))).toBe('slug_taken')
    expect(await codeOf(publish({ name: '發布' }))).toBe('invalid')
    expect(await codeOf(publish({ template: 'absent' }))).toBe('not_found')
    const auditor = await addMember(team, { name: 'Eve', accountRole: 'auditor' })
    expect(
      await codeOf(
        act(publishTemplate, auditor.principal, { team: team.slug, name: 'X', source: CHECKLIST }),
      ),
    ).toBe('forbidden')
    const other = await makeTeam()
    expect(
      await codeOf(
        act(publishTemplate, other.owner.principal, { team: team.slug, name: 'X', source: CHECKLIST }),
      ),
    ).toBe('not_found')
    expect(
      await getTemplateVersion(await memberOf(other.owner.principal, other.slug), {
        slug: 'web-release',
        number: 1,
      }),
    ).toBeNull()
  })

  it('archives once, after which nothing is published there', async () => {
    const archive = () => act(archiveTemplate, ana.principal, { team: team.slug, template: 'web-release' })
    await done(archive())
    expect(await lastLine(team.streamId)).toMatchObject({
      action: 'template.archived',
      data: { slug: 'web-release' },
    })
    const count = (await linesOf(team.streamId)).length
    await done(archive())
    expect(await linesOf(team.streamId)).toHaveLength(count)
    expect(await codeOf(publish({ template: 'web-release', source: `${CHECKLIST}\n` }))).toBe('archived')
  })
})
