import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchItems } from '#lib/templates/match-items.ts'
import { isCertain } from '#lib/templates/matching.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import { documentOf, items } from './checklists.ts'

/** `later text ← earlier text (how)` for each later item. */
function matched(before: string, after: string): string[] {
  const [earlier, later] = [parseTemplate(before), parseTemplate(after)]
  const text = new Map(earlier.items.map((item) => [item.key, item.text]))
  return matchItems({ earlier, later }).items.map(({ earlierKey, how }, index) => {
    const from = earlierKey === null ? '' : ` ← ${text.get(earlierKey)}`
    return `${later.items[index]?.text}${from} (${how})`
  })
}

const A = '## Prepare\n'
const B = '## After deployment\n'

describe('an item is found again', () => {
  it('by its text in its section, whatever stands around it, ticked or emphasised', () => {
    expect(
      matched(`${A}- [ ] One\n- [ ] Two\n`, `# T\n${A}- [x] two\n- [ ] New thing\n- [ ] **One**\n`),
    ).toEqual(['two ← Two (same)', 'New thing (new)', '**One** ← One (same)'])
  })

  it('by the id of its annotation, over every other likeness', () => {
    const before = `${A}- [ ] Backup taken <!-- item: id=backup -->\n- [ ] Restore tried\n`
    const after = `${A}- [ ] Backup taken\n${B}- [ ] Something else <!-- item: id=backup -->\n`
    expect(matched(before, after)).toEqual(['Backup taken (new)', 'Something else ← Backup taken (id)'])
  })

  it('by text when it gets an id, and never when its id has become another', () => {
    const plain = `${A}- [ ] Backup taken\n`
    const one = `${A}- [ ] Backup taken <!-- item: id=one -->\n`
    const two = `${A}- [ ] Backup taken <!-- item: id=two -->\n`
    expect(matched(plain, one)).toEqual(['Backup taken ← Backup taken (same)'])
    expect(matched(one, plain)).toEqual(['Backup taken ← Backup taken (same)'])
    expect(matched(one, two)).toEqual(['Backup taken (new)'])
  })

  it('by its text in another section', () => {
    expect(matched(`${A}- [ ] One\n- [ ] Two\n`, `${A}- [ ] One\n${B}- [ ] Two\n`)).toEqual([
      'One ← One (same)',
      'Two ← Two (moved)',
    ])
  })

  it('in the section of the same name first, when equal texts move', () => {
    const before = '## Old\n### Database\n- [ ] Indexes\n### Cache\n- [ ] Indexes\n'
    const after = '## New\n### Cache\n- [ ] Indexes\n### Database\n- [ ] Indexes\n'
    const [earlier, later] = [parseTemplate(before), parseTemplate(after)]
    const { items: found } = matchItems({ earlier, later })
    expect(found.map(({ earlierKey }) => earlierKey)).toEqual([earlier.items[1]?.key, earlier.items[0]?.key])
    expect(found.every(isCertain)).toBe(true)
  })

  it('with doubt, when one of two equal texts has gone', () => {
    const before = '## One\n- [ ] Indexes\n## Two\n- [ ] Indexes\n'
    const [earlier, later] = [parseTemplate(before), parseTemplate('## Three\n- [ ] Indexes\n')]
    const { items: found, gone } = matchItems({ earlier, later })
    expect(found).toMatchObject([{ how: 'moved' }])
    expect(found.some(isCertain)).toBe(false)
    expect(gone).toHaveLength(1)
  })

  it('by its words when it is reworded', () => {
    const rewordings = [
      ['Database backup completed', 'Database backup completed and verified'],
      ['All tests pass', 'All unit tests pass'],
      ['p95 < 500ms', 'p95 latency < 300ms'],
      ['Backups are tested', 'Backup was tested'],
      ['数据库备份完成', '数据库备份已完成'],
      ['Резервная копия создана', 'Резервная копия базы создана'],
      ['Rollback plan documented', 'Rollback plan written down and documented'],
    ]
    for (const [before, after] of rewordings) {
      expect(matched(`${A}- [ ] ${before}\n`, `${A}- [ ] ${after}\n`)).toEqual([
        `${after} ← ${before} (reworded)`,
      ])
    }
  })

  it('not by the words that every item has', () => {
    const before = `${A}- [ ] Verify that the cache is warm\n- [ ] Verify that the queue is empty\n- [ ] Verify that the disk is free\n`
    const after = `${A}- [ ] Verify that the cache is warm\n- [ ] Verify that the certificate is valid\n- [ ] Verify that the disk is free\n`
    const found = matched(before, after)
    expect(found[0]).toBe('Verify that the cache is warm ← Verify that the cache is warm (same)')
    expect(found[2]).toBe('Verify that the disk is free ← Verify that the disk is free (same)')
  })

  it('not in a text of other words', () => {
    const unlike = [
      ['Security scan is clean', 'Announce the release'],
      ['Tests', 'Backups'],
      ['备份', '监控'],
      ['🙂', '🙃'],
    ]
    for (const [before, after] of unlike)
      expect(matched(`${A}- [ ] ${before}\n`, `${A}- [ ] ${after}\n`)).toEqual([`${after} (new)`])
  })

  it('so that all pairs together are the best, not the first one', () => {
    const before = `${A}- [ ] Database migration tested on staging\n- [ ] Database migration reviewed\n`
    const after = `${A}- [ ] Database migration tested and reviewed\n- [ ] Database migration tested on staging twice\n`
    expect(matched(before, after)).toEqual([
      'Database migration tested and reviewed ← Database migration reviewed (reworded)',
      'Database migration tested on staging twice ← Database migration tested on staging (reworded)',
    ])
  })

  it('by its neighbours where two read alike', () => {
    const before = `${A}- [ ] Start\n- [ ] Check node group alpha\n- [ ] Middle\n- [ ] Check node group omega\n- [ ] End\n`
    const after = `${A}- [ ] Start\n- [ ] Check the node group now\n- [ ] Middle\n- [ ] Check a node group now\n- [ ] End\n`
    const found = matched(before, after)
    expect(found[1]).toBe('Check the node group now ← Check node group alpha (reworded)')
    expect(found[3]).toBe('Check a node group now ← Check node group omega (reworded)')
  })

  it('under the key it kept, when a rewording is taken back', () => {
    const first = parseTemplate(`${A}- [ ] Old words\n`)
    const key = first.items[0]?.key ?? ''
    const second = parseTemplate(`${A}- [ ] Entirely different\n`)
    const earlier = { ...second, items: second.items.map((item) => ({ ...item, key })) }
    expect(matchItems({ earlier, later: first }).items).toEqual([
      { laterKey: key, earlierKey: key, how: 'id', score: 1 },
    ])
    const both = parseTemplate(`${A}- [ ] Old words\n- [ ] Entirely different\n`)
    expect(matchItems({ earlier, later: both }).items.map(({ how }) => how)).toEqual(['new', 'same'])
  })
})

describe('matching', () => {
  it('of a checklist with itself finds every item where it is', () => {
    fc.assert(
      fc.property(documentOf(items()), (source) => {
        const model = parseTemplate(source)
        const { items: found, gone } = matchItems({ earlier: model, later: parseTemplate(source) })
        expect(found).toEqual(
          model.items.map(({ key }) => ({ laterKey: key, earlierKey: key, how: 'same', score: 1 })),
        )
        expect(gone).toEqual([])
      }),
    )
  })

  it('names each earlier item once, as matched or as gone, and is the same each time', () => {
    fc.assert(
      fc.property(documentOf(items()), documentOf(items()), (before, after) => {
        const [earlier, later] = [parseTemplate(before), parseTemplate(after)]
        const answer = matchItems({ earlier, later })
        expect(answer.items.map(({ laterKey }) => laterKey)).toEqual(later.items.map(({ key }) => key))
        const used = answer.items.flatMap(({ earlierKey }) => (earlierKey === null ? [] : [earlierKey]))
        expect([...used, ...answer.gone].sort()).toEqual(earlier.items.map(({ key }) => key).sort())
        for (const { how, score, earlierKey } of answer.items) {
          expect(score >= 0 && score <= 1).toBe(true)
          expect(how === 'new').toBe(earlierKey === null)
        }
        expect(matchItems({ earlier: parseTemplate(before), later: parseTemplate(after) })).toEqual(answer)
      }),
    )
  })

  it('compares a bounded number of pairs for 2,000 reworded items', () => {
    const lines = (word: string) =>
      Array.from({ length: 2_000 }, (_, index) => `- [ ] Check that host ${index} answers ${word}`).join('\n')
    const [earlier, later] = [
      parseTemplate(`${A}${lines('quickly')}\n`),
      parseTemplate(`${A}${lines('in time')}\n`),
    ]
    const { items: found } = matchItems({ earlier, later })
    expect(found.every(({ how }) => how === 'reworded')).toBe(true)
    expect(found.map(({ earlierKey }) => earlierKey)).toEqual(earlier.items.map(({ key }) => key))
  })
})
