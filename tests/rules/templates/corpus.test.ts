import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { type CorpusRow, corpusFolder, listCorpus, listSigned, measureFile } from '#lib/cli/corpus/files.ts'
import { countIndependently } from '#lib/cli/corpus/independent-count.ts'
import { corpusPage } from '#lib/cli/corpus/table.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = corpusFolder({ root, given: process.env.CORPUS_DIR })
const files = listCorpus(folder)

// Parsing takes well under a second; the limit is for machines that run everything at once.
describe('checklists of other teams', { timeout: 60_000 }, () => {
  it('are here, or it is said aloud that they are not', () => {
    if (files.length === 0)
      process.stderr.write(
        `SKIPPED: no checklists in ${folder}; set CORPUS_DIR to read real ones. Nothing was counted.\n`,
      )
    expect(files.length).toBeGreaterThanOrEqual(0)
  })

  const signed = listSigned(folder)
  const rows: CorpusRow[] = []
  for (const file of files) {
    const signs = signed.includes(file)
    it(`${file}: as many items as counted, the same bytes back${signs ? ', somebody signs' : ''}`, () => {
      const row = measureFile(folder, file)
      rows.push(row)
      expect(row.found).toEqual(row.expected)
      expect(row.roundTrip).toBe(true)
      expect(row.problems).toBe(0)
      if (signs) expect(row.roles).toBeGreaterThan(0)
    })
  }

  it.skipIf(process.env.CORPUS_DIR !== undefined || files.length === 0)(
    'are in docs/corpus.md as they are read now: npm run corpus writes it',
    () => {
      expect(readFileSync(`${root}docs/corpus.md`, 'utf8')).toBe(corpusPage(rows, signed))
    },
  )
})

describe('the second count', () => {
  it.each([
    ['- [ ] a\n  1. [x] b\n* [X] c\n', { tasks: 3, extra: 0 }],
    ['```md\n- [ ] a\n```\n<!--\n- [ ] b\n-->\n', { tasks: 0, extra: 0 }],
    ['☐ a\n☑ b\n\n- ⬜ c\n- ✅ d\n\n## [ ] e\n', { tasks: 0, extra: 5 }],
    ['| a | b |\n|-|-|\n| x | ☐ |\n| y | ✅ |\n', { tasks: 0, extra: 2 }],
    ['☐ Go ☐ No-Go\n\n- Decision: ☐ Go\n- ✅ done\n', { tasks: 0, extra: 0 }],
  ])('of %j', (text, expected) => {
    expect(countIndependently(text)).toEqual(expected)
  })
})
