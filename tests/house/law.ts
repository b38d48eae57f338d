import { type Breach, type File, isCode, parseSource, type Source } from './source.ts'

/** A tiny tree, path → text, that a law must refuse or accept. */
export type Example = Record<string, string>

export type Law = {
  /** One sentence: what holds. */
  name: string
  /** Each must be refused, or the law could never fail. */
  bad: Example[]
  /** Each must pass. */
  good: Example[]
  check: (tree: { files: File[]; sources: Source[] }) => Breach[]
}

export function breachesOf({ law, files }: { law: Law; files: File[] }): string[] {
  return law
    .check({ files, sources: sourcesOf(files) })
    .map(({ path, line, because }) => `${path}:${line} ${because}`)
}

const parsed = new Map<File, Source>()

// The tree is parsed once for all laws: the same file objects come in every time.
function sourcesOf(files: File[]): Source[] {
  return files.filter(isCode).map((file) => {
    const source = parsed.get(file) ?? parseSource(file)
    parsed.set(file, source)
    return source
  })
}

export function filesOf(example: Example): File[] {
  return Object.entries(example).map(([path, text]) => ({ path, text }))
}
