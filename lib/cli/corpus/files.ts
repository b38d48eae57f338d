import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { checkTemplateBytes } from '#lib/templates/check-report.ts'
import { decodeSource } from '#lib/templates/source-bytes.ts'
import { countIndependently } from './independent-count.ts'

/** Real checklists of other teams: `given` is CORPUS_DIR, else beside the clone. They are read where they lie and never copied. */
export function corpusFolder({ root, given }: { root: string; given: string | undefined }): string {
  return given || path.resolve(root, '../shared/corpus')
}

/** Names of the checklists in order; none where the folder is absent. */
export function listCorpus(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((file) => file.endsWith('.md'))
        .sort()
    : []
}

/** Files that the index marks with a sign-off table or signature lines. */
export function listSigned(folder: string): string[] {
  const index = path.join(folder, 'INDEX.tsv')
  if (!existsSync(index)) return []
  const [header = '', ...rows] = readFileSync(index, 'utf8').split('\n')
  const column = header.split('\t').indexOf('sign_off')
  return rows
    .map((row) => row.split('\t'))
    .flatMap((cells) => (cells[column] === 'yes' ? [cells[0] ?? ''] : []))
}

export type CorpusRow = {
  file: string
  bytes: number
  /** Items by form: GFM's tasks, and all other documented forms together. */
  found: { tasks: number; extra: number }
  expected: { tasks: number; extra: number }
  sections: number
  roles: number
  triggers: number
  thresholds: number
  steps: number
  kept: number
  owners: number
  outcomes: number
  links: number
  problems: number
  roundTrip: boolean
  encoding: string
}

/** What the importer makes of one file, beside what an independent count expects. */
export function measureFile(folder: string, file: string): CorpusRow {
  const bytes = new Uint8Array(readFileSync(path.join(folder, file)))
  const { report, model } = checkTemplateBytes(bytes)
  const { text, encoding } = decodeSource(bytes)
  const tasks = model.items.filter(({ form }) => form === 'task').length
  return {
    file,
    bytes: bytes.length,
    found: { tasks, extra: model.items.length - tasks },
    expected: countIndependently(text),
    sections: report.sections,
    roles: report.roles,
    triggers: report.triggers,
    thresholds: model.triggers.filter(({ metric }) => metric !== null).length,
    steps: report.steps,
    kept: report.keptAsText,
    owners: model.items.filter(({ owner }) => owner).length,
    outcomes: model.items.filter(({ expected }) => expected).length,
    links: model.items.filter(({ links = [] }) => links.length > 0).length,
    problems: report.problems,
    roundTrip: report.roundTrip,
    encoding,
  }
}
