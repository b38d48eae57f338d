import type { CorpusRow } from './files.ts'

const HEAD = `# The corpus: what the importer makes of checklists of other teams

Written by \`npm run corpus\`, which reads the files from \`CORPUS_DIR\` (without it \`../shared/corpus\`) and copies nothing of them.
\`tests/rules/templates/corpus.test.ts\` asserts file by file that items found and counted are equal, that the bytes come back,
that there is no problem, and that every file with a sign-off table or signature lines gives at least one role.

**Items** is found / counted: what the importer found, and what a second program counts that shares none of its code (the full
GFM parser for task items, \`lib/cli/corpus/independent-count.ts\` for the further forms). "42 + 10" is 42 task items and 10 items
of the further forms that [templates.md](templates.md) lists. **Triggers** is rollback triggers, and in brackets those with a
threshold that a machine can watch. **Kept** is lines that stay text in their place. **Round trip**: an export of the untouched
import is the file byte for byte, and turning every box turns exactly the boxes.
`

/** The page docs/corpus.md. Same rows give the same text. */
export function corpusPage(rows: CorpusRow[], signed: readonly string[]): string {
  const lines = rows.map((row) =>
    [
      `\`${row.file.replace(/^(.+?)__(.+?)__/, '$1/$2 ')}\``,
      row.bytes.toLocaleString('en'),
      `${itemsOf(row.found)} / ${itemsOf(row.expected)}`,
      row.sections,
      signed.includes(row.file) ? `**${row.roles}**` : row.roles,
      row.triggers === 0 ? 0 : `${row.triggers} (${row.thresholds})`,
      row.steps,
      `${row.owners} · ${row.outcomes} · ${row.links}`,
      row.kept,
      row.problems,
      `${row.roundTrip ? 'yes' : '**no**'}${row.encoding === 'utf-8' ? '' : `, read as ${row.encoding}`}`,
    ].join(' | '),
  )
  const total = (of: (row: CorpusRow) => number) =>
    rows.reduce((sum, row) => sum + of(row), 0).toLocaleString('en')
  return `${HEAD}
| file | bytes | items, found / counted | sections with items | roles | triggers | steps | owners · expected · links | kept | problems | round trip |
| --- | ---: | --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | --- |
${lines.map((line) => `| ${line} |`).join('\n')}

${rows.length} files: ${total(({ found }) => found.tasks + found.extra)} items found, ${total(({ expected }) => expected.tasks + expected.extra)} counted; ${total(({ roles }) => roles)} roles, ${total(({ triggers }) => triggers)} triggers,
${total(({ steps }) => steps)} command steps; ${rows.filter(({ roundTrip }) => roundTrip).length} round trips. Roles in bold: the index marks the file with a sign-off table or signature lines.
`
}

function itemsOf({ tasks, extra }: { tasks: number; extra: number }): string {
  return extra === 0 ? `${tasks}` : `${tasks} + ${extra}`
}
