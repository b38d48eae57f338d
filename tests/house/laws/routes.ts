import type { Law } from '#tests/house/law.ts'
import { placeOf } from '#tests/house/rooms.ts'
import type { Source } from '#tests/house/source.ts'

const KINDS = ['public', 'token', 'session']

/** The literal of `export const access = '…'`, or null. The access sweep of the tests reads the same export. */
export function accessOf({ program }: Source): string | null {
  for (const statement of program.body) {
    if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'VariableDeclaration')
      continue
    for (const { id, init } of statement.declaration.declarations) {
      if (id.type !== 'Identifier' || id.name !== 'access') continue
      const value =
        init?.type === 'TSAsExpression' || init?.type === 'TSSatisfiesExpression' ? init.expression : init
      if (value?.type === 'Literal' && typeof value.value === 'string' && KINDS.includes(value.value))
        return value.value
    }
  }
  return null
}

export const routes: Law = {
  name: `every route.ts says who may call it: export const access = ${KINDS.map((kind) => `'${kind}'`).join(' | ')}`,
  bad: [
    { 'app/health/route.ts': 'export const GET = () => new Response()' },
    { 'app/health/route.ts': `export const access = 'everybody'` },
    { 'app/health/route.ts': `const access = 'public'\nexport const kind = access` },
  ],
  good: [
    {
      'app/health/route.ts': `export const access = 'public'`,
      'app/a/route.ts': `export const access = 'token' as const`,
    },
  ],
  check: ({ sources }) =>
    sources
      .filter((source) => /^app\/(?:.*\/)?route\.tsx?$/.test(source.path) && accessOf(source) === null)
      .map(({ path }) => ({ path, line: 1, because: 'does not say who may call it' })),
}

export const proxy: Law = {
  name: 'proxy.ts decides nothing about access: it imports no rule, no account and no feature',
  bad: [
    { 'proxy.ts': `import { getToken } from 'next-auth/jwt'` },
    { 'proxy.ts': `import { mayDo } from '#lib/access/policy.ts'` },
    { 'proxy.ts': `import { getRun } from '#lib/runs/read.ts'` },
  ],
  good: [
    {
      'proxy.ts': `import { NextResponse } from 'next/server'\nimport { headers } from '#lib/server/headers.ts'`,
    },
  ],
  check: ({ sources }) =>
    sources
      .filter(({ path }) => path === 'proxy.ts')
      .flatMap(({ path, links }) =>
        links
          .filter(({ specifier, target }) =>
            target === null
              ? specifier.startsWith('next-auth')
              : !['server', 'shared'].includes(placeOf(target).room),
          )
          .map(({ specifier, line }) => ({ path, line, because: `imports ${specifier}` })),
      ),
}
