import type { Law } from '#tests/house/law.ts'
import { isProduct } from '#tests/house/rooms.ts'
import type { Breach, Source } from '#tests/house/source.ts'

function environmentReads(source: Source): Breach[] {
  const members = source.nodes('MemberExpression').filter(({ object, property }) => {
    const holder =
      object.type === 'MetaProperty' || (object.type === 'Identifier' && object.name === 'process')
    const name =
      property.type === 'Identifier' ? property.name : property.type === 'Literal' ? property.value : null
    return holder && name === 'env'
  })
  const patterns = source
    .nodes('VariableDeclarator')
    .filter(
      ({ id, init }) => id.type === 'ObjectPattern' && init?.type === 'Identifier' && init.name === 'process',
    )
  return [...members, ...patterns].map(({ start }) => ({
    path: source.path,
    line: source.lineAt(start),
    because: 'reads the environment',
  }))
}

export const environment: Law = {
  name: 'the environment is read in lib/server/env.ts; before anything is installed, by the .mjs files of lib/cli',
  bad: [
    { 'lib/server/db.ts': 'const url = process.env.DATABASE_URL' },
    { 'lib/server/db.ts': `const url = process['env'].DATABASE_URL` },
    { 'app/page.tsx': 'const { env } = process' },
    { 'components/a.tsx': 'const mode = import.meta.env.MODE' },
    { 'proxy.ts': 'const url = process.env.URL' },
  ],
  good: [
    { 'lib/server/env.ts': 'const url = process.env.URL' },
    { 'lib/cli/start.mjs': 'const port = process.env.PORT' },
  ],
  check: ({ sources }) =>
    sources
      .filter(
        ({ path }) => isProduct(path) && path !== 'lib/server/env.ts' && !/^lib\/cli\/.*\.mjs$/.test(path),
      )
      .flatMap(environmentReads),
}
