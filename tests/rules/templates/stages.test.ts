import { describe, expect, it } from 'vitest'
import { parseTemplate } from '#lib/templates/parse.ts'
import { stageOfHeading } from '#lib/templates/stages.ts'

describe('the stage of a heading', () => {
  it.each([
    ['Rollback Plan', 'rollback'],
    ['🔙 ROLL-BACK steps', 'rollback'],
    ['Post-Rollback', 'rollback'],
    ['4. How to revert', 'rollback'],
    ['Post-Deployment', 'verify'],
    ['Post deployment (T+1 h)', 'verify'],
    ['After go-live', 'verify'],
    ['💨 Smoke tests', 'verify'],
    ['Deployment', 'deploy'],
    ['Release day', 'deploy'],
    ['**Go-Live**', 'deploy'],
    ['Cut-over', 'deploy'],
    ['Pre-Deployment', 'prepare'],
    ['✅ PRE-RELEASE checks', 'prepare'],
    ['Before the deployment', 'prepare'],
    ['Security Checklist', 'prepare'],
    ['Communication', 'prepare'],
    ['Monitoring', null],
    ['Deployability', null],
    ['Aftermath', null],
    ['Nachdeployment', null],
  ])('%s → %s', (title, stage) => {
    expect(stageOfHeading(title)).toBe(stage)
  })

  it('is taken from the nearest heading with a hit, else from the parent, else it is prepare', () => {
    const { sections } = parseTemplate(
      [
        '# Deployment checklist',
        '## Planning',
        '## Deployment',
        '### Infrastructure',
        '### Security',
        '## Post-Deployment',
        '#### Logs',
      ].join('\n'),
    )
    expect(sections.map(({ title, stage, stageFrom }) => [title, stage, stageFrom])).toEqual([
      ['Planning', 'prepare', 'default'],
      ['Deployment', 'deploy', 'heading'],
      ['Infrastructure', 'deploy', 'parent'],
      ['Security', 'prepare', 'heading'],
      ['Post-Deployment', 'verify', 'heading'],
      ['Logs', 'verify', 'parent'],
    ])
  })

  it('lets an annotation decide over all, for the sections inside too', () => {
    const { sections, items } = parseTemplate(
      '## Deployment\n<!-- stage: verify -->\n### Security\n- [ ] a\n- [ ] b <!-- item: stage=rollback -->\n',
    )
    expect(sections.map(({ stage, stageFrom }) => [stage, stageFrom])).toEqual([
      ['verify', 'annotation'],
      ['verify', 'annotation'],
    ])
    expect(items.map(({ stage }) => stage)).toEqual(['verify', 'rollback'])
  })

  it('does not let the title of the document speak for its sections', () => {
    const { items, title } = parseTemplate('# Rollback runbook\n- [ ] one\n## Alerts\n- [ ] two\n')
    expect(title).toBe('Rollback runbook')
    expect(items.map(({ stage }) => stage)).toEqual(['prepare', 'prepare'])
  })
})
