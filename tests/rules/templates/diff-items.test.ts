import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffTemplates, isSameChecklist } from '#lib/templates/diff-items.ts'
import { keepKeys } from '#lib/templates/keep-keys.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { documentOf, items, written } from './checklists.ts'

const diff = (before: string, after: string) =>
  diffTemplates({ earlier: parseTemplate(before), later: parseTemplate(after) })
const texts = (list: { text: string }[]) => list.map(({ text }) => text)

describe('diffTemplates', () => {
  it('finds nothing between a checklist and itself, ticked or with other prose', () => {
    fc.assert(
      fc.property(documentOf(items()), (source) => {
        expect(isSameChecklist(diff(source, source))).toBe(true)
        const ticked = `Some prose.\n\n${source.replaceAll('[ ]', '[x]')}`
        expect(isSameChecklist(diff(source, ticked))).toBe(true)
      }),
    )
  })

  it('finds only moves between orders of the same items', () => {
    const lists = items().chain((list) =>
      fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
    )
    fc.assert(
      fc.property(lists, ([before, after]) => {
        const { items: found } = diff(written(before), written(after))
        expect({ ...found, moved: [] }).toEqual({
          added: [],
          removed: [],
          reworded: [],
          moved: [],
          settings: [],
        })
        expect(found.moved.length).toBeLessThan(Math.max(1, before.length))
      }),
    )
  })

  it('turns round: what one way adds the other way removes', () => {
    fc.assert(
      fc.property(documentOf(items()), documentOf(items()), (before, after) => {
        const [there, back] = [diff(before, after).items, diff(after, before).items]
        expect(there.added.length - there.removed.length).toBe(back.removed.length - back.added.length)
      }),
    )
  })

  it('names as moved the fewest items that explain the order', () => {
    const before = '- [ ] One\n- [ ] Two\n- [ ] Three\n- [ ] Four\n'
    const { items: found } = diff(before, '- [ ] Four\n- [ ] One\n- [ ] Two\n- [ ] Three\n')
    expect(texts(found.moved)).toEqual(['Four'])
    expect(found.moved[0]).toMatchObject({ line: 1, from: { line: 4 } })
  })

  it('tells added, removed, reworded and moved apart', () => {
    const before =
      '## Prepare\n- [ ] Tests pass\n- [ ] Backup taken\n- [ ] Old thing\n## After deployment\n- [ ] Smoke\n'
    const after =
      '## Prepare\n- [ ] All tests pass\n- [ ] Quite another\n## After deployment\n- [ ] Smoke\n- [ ] Backup taken\n'
    const { items: found } = diff(before, after)
    expect(found.added).toMatchObject([{ text: 'Quite another', path: ['Prepare'] }])
    expect(found.removed).toMatchObject([{ text: 'Old thing', line: 4 }])
    expect(found.reworded).toMatchObject([{ text: 'All tests pass', before: 'Tests pass' }])
    expect(found.moved).toMatchObject([
      { text: 'Backup taken', path: ['After deployment'], from: { path: ['Prepare'], line: 3 } },
    ])
    expect(found.settings).toMatchObject([
      { text: 'Backup taken', changes: [{ setting: 'stage', before: 'prepare', after: 'verify' }] },
    ])
  })

  it('names every setting with what it was and is', () => {
    const before = '- [ ] One <!-- item: role=DevOps shelf=24h tags=CC8.1 -->\n'
    const after = `- [ ] One <!-- item: role=Security grade=witnessed optional note stage=verify -->
      <!-- probe: http https://x.example/health expect status == 200 -->\n`
    const [setting] = diff(before, after).items.settings
    expect(setting?.changes.map(({ setting, before, after }) => [setting, before, after])).toEqual([
      ['stage', 'prepare', 'verify'],
      ['required', 'yes', 'no'],
      ['role', 'DevOps', 'Security'],
      ['grade', 'claimed', 'witnessed'],
      ['shelf', '86400s', null],
      ['note', 'no', 'yes'],
      ['tags', 'CC8.1', null],
      ['probe', null, expect.stringContaining('https://x.example/health')],
    ])
  })

  it('compares detail, questions, roles, triggers and steps', () => {
    const table = (role: string) =>
      `\n| Role | Name | Date | Signature |\n| --- | --- | --- | --- |\n| ${role} | | | |\n`
    const before = `- [ ] Notes written\n  - how\n${table('DevOps')}\n## Rollback triggers\n- Error rate > 1%\n\n## Deployment\n\`\`\`bash\n# Roll out\nkubectl apply\n\`\`\`\n`
    const after = `- [ ] Notes written (if new features)\n${table('Security')}\n## Rollback triggers\n- Error rate > 2%\n\n## Deployment\n\`\`\`bash\n# Roll out\nkubectl apply -f x\n\`\`\`\n`
    const found = diff(before, after)
    expect(found.items.settings[0]?.changes.map(({ setting }) => setting)).toEqual(['only if', 'detail'])
    expect(found.roles.map(({ name, before, after }) => [name, before === null, after === null])).toEqual([
      ['Security', true, false],
      ['DevOps', false, true],
    ])
    expect(found.triggers.map(({ name }) => name)).toEqual(['Error rate > 2%', 'Error rate > 1%'])
    expect(found.steps).toEqual([
      { name: 'Deployment / Roll out', before: 'deploy\nkubectl apply', after: 'deploy\nkubectl apply -f x' },
    ])
    expect(found.facts).toMatchObject([{ name: 'Does this release bring new features?', before: null }])
  })

  it('goes by the keys that were kept, also through other words', () => {
    const earlier = parseTemplate('- [ ] Backup taken\n')
    const fresh = parseTemplate('- [ ] Snapshot made\n- [ ] Backup taken too\n')
    const identity = { [fresh.items[0]?.key ?? '']: earlier.items[0]?.key ?? '' }
    const kept = keepKeys({ model: fresh, earlier, identity })
    if (!kept.ok) throw new Error(kept.refusal.message)
    const { items: found } = diffTemplates({ earlier, later: kept.value.model })
    expect(found.reworded).toMatchObject([{ text: 'Snapshot made', before: 'Backup taken' }])
    expect(texts(found.added)).toEqual(['Backup taken too'])
  })
})
