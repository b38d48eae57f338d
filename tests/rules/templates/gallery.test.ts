import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { checkTemplateBytes } from '#lib/templates/check-report.ts'
import { formatAnnotations } from '#lib/templates/format-annotations.ts'
import { countGallery, GALLERY } from '#lib/templates/gallery-list.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { scopeItemKeys } from '#lib/templates/scope.ts'
import { splitRow } from '#lib/templates/table-row.ts'

const folder = fileURLToPath(new URL('../../../lib/templates/gallery/', import.meta.url))
const read = (file: string) => readFileSync(`${folder}${file}`)

describe('every shipped template', () => {
  const files = readdirSync(folder)
  const shipped = GALLERY.map((entry) => {
    const bytes = read(`${entry.slug}.md`)
    return { ...entry, ...checkTemplateBytes(bytes), source: bytes.toString('utf8') }
  })

  it('stands in the list, and nothing else does', () => {
    expect(files.toSorted()).toEqual(GALLERY.map(({ slug }) => `${slug}.md`).toSorted())
    for (const { name, about, use } of GALLERY)
      for (const text of [name, about, use]) expect(text).not.toBe('')
  })

  it.each(shipped)('$slug is sound, signed, and can be taken back', ({ report, model, source }) => {
    expect(report).toMatchObject({ problems: 0, roundTrip: true })
    expect(report.items).toBeGreaterThanOrEqual(30)
    expect(report.probes).toBeGreaterThanOrEqual(8)
    expect(report.probes).toBe(source.split('<!-- probe:').length - 1)
    expect(report.roles).toBeGreaterThanOrEqual(4)
    expect(report.facts).toBeGreaterThanOrEqual(3)
    expect(report.commandBlocks).toBeGreaterThanOrEqual(3)
    for (const stage of ['prepare', 'deploy', 'verify', 'rollback'])
      expect(model.items.some((item) => item.stage === stage)).toBe(true)
    expect(model.steps.some(({ stage }) => stage === 'rollback')).toBe(true)
    expect(model.triggers.filter(({ value }) => value !== null).length).toBeGreaterThanOrEqual(2)
    expect(model.meta.version).toBe('1.0')
  })

  it.each(shipped)(
    '$slug: every probe parses as it is written, and says its variables at the top',
    ({ source, model }) => {
      const head = source.slice(0, source.indexOf('\n## '))
      for (const [, text = ''] of source.matchAll(/<!-- probe:([\s\S]*?)-->/g))
        expect(parseProbe(text).ok).toBe(true)
      const { variables, optional } = countGallery(model)
      for (const name of [...variables, ...optional]) expect(head).toContain(name)
    },
  )

  it.each(shipped)('$slug: its annotations stand as `template fmt` writes them', ({ source }) => {
    expect(formatAnnotations(source).changes).toEqual([])
  })

  it.each(shipped)('$slug: an owner who signs as reviewer never stands alone behind an item', ({ model }) => {
    const owned = model.items.filter(({ ownerRole }) => ownerRole === 'Security' || ownerRole === 'Risk')
    for (const { minGrade } of owned) expect(minGrade).toBe('witnessed')
    const roles = model.roles.map(({ role }) => role)
    for (const { ownerRole } of model.items) if (ownerRole !== null) expect(roles).toContain(ownerRole)
  })

  it.each(shipped)('$slug: what a machine must show is what a machine looks at', ({ model }) => {
    for (const { minGrade, probe } of model.items) if (minGrade === 'observed') expect(probe).not.toBeNull()
  })

  it.each(shipped)('$slug: every slot signs for something, and no question is put twice', ({ model }) => {
    for (const { scope } of model.roles) expect(scopeItemKeys({ model, scope }).length).toBeGreaterThan(0)
    const questions = model.facts.map(({ question }) => question)
    expect(new Set(questions).size).toBe(questions.length)
  })

  it('says in the docs what each is for and which variables it asks for', () => {
    const rows = readFileSync(new URL('../../../docs/templates.md', import.meta.url), 'utf8')
      .split('\n')
      .map((line) => splitRow(line).map(({ text }) => text))
    for (const { slug, report, model } of shipped) {
      const row = rows.find(([first]) => first === `\`${slug}\``)
      const { variables } = countGallery(model)
      expect(row?.slice(2)).toEqual([
        String(report.items),
        String(report.probes),
        variables.map((name) => `\`${name}\``).join(' '),
      ])
    }
  })
})

describe('the production deployment checklist', () => {
  const model = parseTemplate(read('production-deployment.md').toString('utf8'))
  const probed = model.items.filter(({ probe }) => probe !== null)

  it('has 73 items in 19 sections, 4 roles, 4 triggers, 3 command blocks of 6 steps and 7 questions', () => {
    expect(checkTemplateBytes(read('production-deployment.md')).report).toEqual({
      items: 73,
      roles: 4,
      triggers: 4,
      commandBlocks: 3,
      steps: 6,
      sections: 19,
      facts: 7,
      probes: 59,
      problems: 0,
      keptAsText: 2,
      roundTrip: true,
      fencedList: null,
      notUtf8: null,
    })
  })

  it('has 46 items to do before the go, 8 at deployment, 15 after it and 4 after a rollback', () => {
    const count = (stage: string) => model.items.filter((item) => item.stage === stage).length
    expect(['prepare', 'deploy', 'verify', 'rollback'].map(count)).toEqual([46, 8, 15, 4])
  })

  it('watches two thresholds and leaves two triggers to people', () => {
    expect(model.triggers.map(({ metric, op, value, unit }) => [metric, op, value, unit])).toEqual([
      ['error_rate', '>', '1', '%'],
      ['latency_p95', '>', '2', 's'],
      [null, null, null, null],
      [null, null, null, null],
    ])
  })

  it('lets steps follow their headings and stages', () => {
    expect(model.steps.map(({ title, stage, block }) => [title, stage, block])).toEqual([
      ['Run migrations with timeout', 'deploy', 1],
      ['Deploy with rolling update', 'deploy', 2],
      ['Verify pods are healthy', 'deploy', 2],
      ['Revert to previous deployment', 'rollback', 3],
      ['Verify rollback', 'rollback', 3],
      ['If database migration needs rollback', 'rollback', 3],
    ])
  })

  it('gives DevOps and Security a scope of their own', () => {
    const sizes = model.roles.map(({ role, scope }) => [role, scopeItemKeys({ model, scope }).length])
    expect(sizes).toEqual([
      ['Developer', 46],
      ['Reviewer', 46],
      ['DevOps', 18],
      ['Security', 20],
    ])
  })

  it('always asks for five variables; what else it could ask is explained at its top', () => {
    const { variables, optional } = countGallery(model)
    expect(optional).toHaveLength(32)
    expect(variables.toSorted()).toEqual([
      'ASSET_URL',
      'BASE_URL',
      'PROMETHEUS_URL',
      'REDIS_URL',
      'WEBSOCKET_URL',
    ])
    expect(probed.filter(({ probe }) => probe?.ifSet === undefined)).toHaveLength(21)
  })

  it('never lets a security owner’s word stand alone, because that signer could then not sign', () => {
    const owned = model.items.filter(({ ownerRole }) => ownerRole === 'Security')
    expect(owned.length).toBeGreaterThan(0)
    for (const { minGrade } of owned) expect(minGrade).toBe('witnessed')
  })
})
