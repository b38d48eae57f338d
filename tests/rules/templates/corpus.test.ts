import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { describe, expect, it } from 'vitest'
import { checkTemplateBytes } from '#lib/templates/check-report.ts'
import { decodeSource } from '#lib/templates/source-bytes.ts'

/** Real checklists of other teams; read where they lie, never copied. */
const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = process.env.CORPUS_DIR ?? resolve(root, '../shared/corpus')
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.md')) : []

/** The independent count: all of GFM, and whatever the tree calls a checked or unchecked list item. */
function countTasks(text: string): number {
  let count = 0
  const stack: unknown[] = [fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node !== 'object' || node === null) continue
    if ('checked' in node && typeof node.checked === 'boolean') count++
    if ('children' in node && Array.isArray(node.children)) stack.push(...node.children)
  }
  return count
}

/** Files that the index marks with a sign-off table or signature lines. */
function listSigned(): string[] {
  const index = resolve(folder, 'INDEX.tsv')
  if (!existsSync(index)) return []
  const [header = '', ...rows] = readFileSync(index, 'utf8').split('\n')
  const column = header.split('\t').indexOf('sign_off')
  return rows
    .map((row) => row.split('\t'))
    .flatMap((cells) => (cells[column] === 'yes' ? [cells[0] ?? ''] : []))
}

// Parsing takes well under a second; the limit is for machines that run everything at once.
describe('checklists of other teams', { timeout: 60_000 }, () => {
  it('are here, or it is said aloud that they are not', () => {
    if (files.length === 0)
      process.stderr.write(
        `No checklists in ${folder}: set CORPUS_DIR to read real ones. Nothing was counted.\n`,
      )
    expect(files.length).toBeGreaterThanOrEqual(0)
  })

  const signed = listSigned()
  for (const file of files) {
    const signs = signed.includes(file)
    it(`${file}: as many items as tasks, the same bytes back${signs ? ', somebody signs' : ''}`, () => {
      const bytes = new Uint8Array(readFileSync(resolve(folder, file)))
      const { report, model } = checkTemplateBytes(bytes)
      expect(report.roundTrip).toBe(true)
      expect(report.problems).toBe(0)
      if (signs) expect(report.roles).toBeGreaterThan(0)
      expect(model.items.filter(({ form }) => form === 'task')).toHaveLength(
        countTasks(decodeSource(bytes).text),
      )
    })
  }
})
