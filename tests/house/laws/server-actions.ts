import type { Law } from '#tests/house/law.ts'
import { isProduct, isWorldlyNamed } from '#tests/house/rooms.ts'
import type { Breach, Source } from '#tests/house/source.ts'

const FACTORY = 'lib/door/action.ts'
const DIRECTIVE = 'use server'

function isAction(source: Source): boolean {
  return source.directives.includes(DIRECTIVE)
}

function factoriesOf(source: Source): Set<string> {
  const names = new Set<string>()
  for (const statement of source.program.body) {
    if (statement.type !== 'ImportDeclaration') continue
    const own = source.links.some(
      ({ specifier, target }) => specifier === statement.source.value && target === FACTORY,
    )
    for (const { local } of own ? statement.specifiers : []) names.add(local.name)
  }
  return names
}

function exportsOf(source: Source): Breach[] {
  const factories = factoriesOf(source)
  return source.program.body.flatMap((statement) => {
    if (!statement.type.startsWith('Export')) return []
    const breach = (because: string) => [{ path: source.path, line: source.lineAt(statement.start), because }]
    if (statement.type !== 'ExportNamedDeclaration')
      return breach('exports something that does not enter the door')
    if (statement.exportKind === 'type') return []
    if (statement.declaration?.type !== 'VariableDeclaration')
      return breach(`exports something else than a call from ${FACTORY}`)
    return statement.declaration.declarations.flatMap(({ id, init }) => {
      const name = id.type === 'Identifier' ? id.name : ''
      const enters =
        init?.type === 'CallExpression' &&
        init.callee.type === 'Identifier' &&
        factories.has(init.callee.name)
      if (!enters) return breach(`${name} is not made by ${FACTORY}`)
      return name.endsWith('Action') ? [] : breach(`${name} does not end in Action`)
    })
  })
}

function innerActions(source: Source): Breach[] {
  const top = new Set(source.program.body.map(({ start }) => start))
  return source
    .nodes('ExpressionStatement')
    .filter(({ directive, start }) => directive === DIRECTIVE && !top.has(start))
    .map(({ start }) => ({
      path: source.path,
      line: source.lineAt(start),
      because: 'hides a server function inside another',
    }))
}

export const serverActions: Law = {
  name: 'the only server functions are exports of actions files, each one call that enters the door',
  bad: [
    { 'lib/runs/commands.ts': `'use server'` },
    { 'app/page.tsx': `async function save() { 'use server' }` },
    { 'components/a.tsx': `const save = async () => { 'use server'; return 1 }` },
    { 'lib/runs/actions.ts': `'use server'\nexport async function tickItemAction() {}` },
    {
      'lib/runs/actions.ts': `'use server'\nimport { wrap } from './wrap.ts'\nexport const tickItemAction = wrap(tickItem)`,
    },
    {
      'lib/runs/actions.ts': `'use server'\nimport { action } from '#lib/door/action.ts'\nexport const tick = action(tickItem)`,
    },
    { 'lib/runs/actions.ts': `'use server'\nexport { a } from './a.ts'` },
    { 'lib/runs/worker.ts': `import { action } from '#lib/door/action.ts'` },
    { 'lib/runs/actions.ts': `import { action } from '#lib/door/action.ts'` },
  ],
  good: [
    {
      'lib/runs/actions.ts': `'use server'\nimport { action } from '#lib/door/action.ts'\nexport const tickItemAction = action(tickItem)`,
      'lib/runs/actions/sign.ts': `'use server'\nimport { action } from '#lib/door/action.ts'\nexport type A = 1`,
    },
  ],
  check: ({ sources }) =>
    sources
      .filter(({ path }) => isProduct(path))
      .flatMap((source) => {
        const { path } = source
        const named = isWorldlyNamed(path, 'actions')
        const misplaced = isAction(source) && !named ? [{ path, line: 1, because: 'is no actions file' }] : []
        const entered = source.links
          .filter(({ target, typeOnly }) => target === FACTORY && !typeOnly && !(isAction(source) && named))
          .map(({ line }) => ({ path, line, because: 'makes server functions outside an actions file' }))
        return [
          ...misplaced,
          ...entered,
          ...innerActions(source),
          ...(isAction(source) ? exportsOf(source) : []),
        ]
      }),
}
