import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { variablesOf } from '#lib/probes/config.ts'
import { checkTemplateBytes } from '#lib/templates/check-report.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { scopeItemKeys } from '#lib/templates/scope.ts'

const folder = fileURLToPath(new URL('../../../lib/templates/gallery/', import.meta.url))
const read = (file: string) => readFileSync(`${folder}${file}`)

describe('every shipped template', () => {
  it.each(readdirSync(folder))('%s is sound', (file) => {
    const { report } = checkTemplateBytes(read(file))
    expect(report).toMatchObject({ problems: 0, roundTrip: true })
    expect(report.items).toBeGreaterThan(0)
    expect(report.roles).toBeGreaterThan(0)
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
      probes: 20,
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

  it('asks for the variables that its first comment explains, and no others', () => {
    const asked = new Set(probed.flatMap(({ probe }) => (probe === null ? [] : variablesOf(probe))))
    expect([...asked].toSorted()).toEqual([
      'ASSET_URL',
      'BASE_URL',
      'PROMETHEUS_URL',
      'REDIS_URL',
      'WEBSOCKET_URL',
    ])
    const [opening = ''] = read('production-deployment.md').toString('utf8').split('-->')
    for (const name of asked) expect(opening).toContain(`$\{${name}}`)
  })

  it('never lets a security owner’s word stand alone, because that signer could then not sign', () => {
    const owned = model.items.filter(({ ownerRole }) => ownerRole === 'Security')
    expect(owned.length).toBeGreaterThan(0)
    for (const { minGrade } of owned) expect(minGrade).toBe('witnessed')
  })
})
