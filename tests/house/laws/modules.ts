import type { Law } from '#tests/house/law.ts'
import type { Breach, Link, Source } from '#tests/house/source.ts'

const OURS = /^(?:app|components|lib|tests)\//

function isOnlyReexports({ program }: Source): boolean {
  const statements = program.body.filter(({ type }) => type !== 'ImportDeclaration')
  return (
    statements.length > 0 &&
    statements.every(
      (statement) =>
        statement.type === 'ExportAllDeclaration' ||
        (statement.type === 'ExportNamedDeclaration' && statement.declaration === null),
    )
  )
}

function barrelOf(source: Source): Breach[] {
  const breach = (because: string, line = 1) => ({ path: source.path, line, because })
  const stars = source.program.body.filter(({ type }) => type === 'ExportAllDeclaration')
  return [
    ...(/(?:^|\/)index\.[a-z]+$/.test(source.path) ? [breach('is an index')] : []),
    ...(isOnlyReexports(source) ? [breach('only passes on what others export')] : []),
    ...stars.map(({ start }) => breach('exports everything of another file', source.lineAt(start))),
  ]
}

export const barrels: Law = {
  name: 'no barrels: every name is imported from the file that makes it',
  bad: [
    { 'lib/runs/index.ts': 'export const a = 1' },
    { 'lib/runs/all.ts': `export { a } from './a.ts'\nexport type { B } from './b.ts'` },
    { 'lib/runs/all.ts': `import { a } from './a.ts'\nexport { a }` },
    { 'lib/runs/all.ts': `export * from './a.ts'\nexport const b = 1` },
  ],
  good: [{ 'lib/runs/a.ts': 'export const a = 1' }, { 'app/a.css.ts': '' }],
  check: ({ sources }) => sources.filter(({ path }) => OURS.test(path)).flatMap(barrelOf),
}

/** `lib/runs`, `components/ui`, `app`: a relative import may climb, but not out of here. */
function roomFolder(path: string): string {
  const [top, second] = path.split('/')
  return top === 'app' ? 'app/' : `${top}/${second}/`
}

function isWellWritten({ specifier, target }: Link, path: string): boolean {
  if (target === null) return !/^(?:[@~]\/|#)/.test(specifier)
  const staysIn = !specifier.startsWith('..') || target.startsWith(roomFolder(path))
  return staysIn && /\.(?:tsx?|mjs|css|json|wasm)$/.test(specifier)
}

export const specifiers: Law = {
  name: 'an import of ours is #room/file.ts, or relative inside its room, with its extension, so that Node runs it unbuilt',
  bad: [
    { 'lib/runs/a.ts': `import { b } from '../teams/b.ts'` },
    { 'lib/runs/a.ts': `import { b } from './b'` },
    { 'lib/runs/a.ts': `import { b } from '#lib/runs/b'` },
    { 'lib/runs/a.ts': `import { b } from '@/lib/runs/b.ts'` },
    { 'lib/runs/a.ts': `import { b } from '#runs/b.ts'` },
  ],
  good: [
    {
      'lib/runs/a.ts': `import { b } from './b.ts'\nimport { c } from '#lib/teams/c.ts'\nimport { z } from 'zod'\nimport d from '@base-ui/react'`,
      'lib/runs/read/a.ts': `import { b } from '../b.ts'`,
    },
  ],
  check: ({ sources }) =>
    sources
      .filter(({ path }) => OURS.test(path) && /\.tsx?$/.test(path))
      .flatMap(({ path, links }) =>
        links
          .filter((link) => !isWellWritten(link, path))
          .map(({ specifier, line }) => ({ path, line, because: `writes ${specifier}` })),
      ),
}
