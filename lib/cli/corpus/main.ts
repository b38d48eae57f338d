import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { corpusFolder, listCorpus, listSigned, measureFile } from './files.ts'
import { corpusPage } from './table.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const folder = corpusFolder({ root, given: process.argv[2] })
const files = listCorpus(folder)
if (files.length === 0) {
  process.stderr.write(
    `No checklists in ${folder}: set CORPUS_DIR to where they lie. docs/corpus.md was left as it is.\n`,
  )
  process.exit(3)
}
const rows = files.map((file) => measureFile(folder, file))
writeFileSync(path.join(root, 'docs/corpus.md'), corpusPage(rows, listSigned(folder)))
const wrong = rows.filter(
  ({ found, expected, roundTrip }) =>
    !roundTrip || found.tasks !== expected.tasks || found.extra !== expected.extra,
)
process.stdout.write(`docs/corpus.md: ${rows.length} files, ${wrong.length} of them not as counted.\n`)
for (const { file, found, expected } of wrong)
  process.stderr.write(
    `${file}: found ${found.tasks} + ${found.extra}, counted ${expected.tasks} + ${expected.extra}\n`,
  )
process.exit(wrong.length === 0 ? 0 : 1)
