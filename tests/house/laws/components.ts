import type { Law } from '#tests/house/law.ts'
import type { Breach, Source } from '#tests/house/source.ts'

/** PascalCase with a small letter in it, so a constant in capitals is none. */
const COMPONENT = /^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$/

function exportedComponents({ program }: Source): string[] {
  return program.body.flatMap((statement) => {
    if (statement.type === 'ExportDefaultDeclaration') return ['default']
    if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') return []
    const { declaration, specifiers } = statement
    const listed = specifiers.flatMap(({ exported, exportKind }) =>
      exported.type === 'Identifier' && exportKind !== 'type' ? [exported.name] : [],
    )
    if (declaration?.type === 'FunctionDeclaration') listed.push(declaration.id?.name ?? '')
    if (declaration?.type === 'VariableDeclaration') {
      for (const { id } of declaration.declarations) if (id.type === 'Identifier') listed.push(id.name)
    }
    return listed.filter((name) => COMPONENT.test(name))
  })
}

export const components: Law = {
  name: 'a file exports one component',
  bad: [
    { 'components/a.tsx': 'export function RunBoard() {}\nexport function RunList() {}' },
    { 'app/page.tsx': 'export default function Page() {}\nexport const Panel = () => null' },
    { 'components/a.tsx': 'const A1a = 1, B1b = 2\nexport { A1a, B1b }' },
  ],
  good: [
    {
      'components/a.tsx':
        'export type Row = {}\nexport const LIMIT = 1\nexport function useRun() {}\nexport function RunBoard() {}',
    },
  ],
  check: ({ sources }) =>
    sources
      .filter(({ path }) => /^(?:app|components)\/.*\.tsx$/.test(path))
      .map((source) => ({ path: source.path, found: exportedComponents(source) }))
      .filter(({ found }) => found.length > 1)
      .map(({ path, found }) => ({ path, line: 1, because: `exports ${found.join(', ')}` })),
}

const ROLES = new Set(['owner', 'admin', 'member', 'manager', 'auditor'])

function roleTests(source: Source): Breach[] {
  return source.nodes('BinaryExpression').flatMap(({ left, right, start }) => {
    const sides = [left, right]
    const isNamed = sides.some(
      (side) => side.type === 'Literal' && typeof side.value === 'string' && ROLES.has(side.value),
    )
    const asksRole = sides.some((side) => {
      const name = side.type === 'MemberExpression' ? side.property : side
      return name.type === 'Identifier' && /role$/i.test(name.name)
    })
    return isNamed && asksRole
      ? [{ path: source.path, line: source.lineAt(start), because: 'asks for a role' }]
      : []
  })
}

export const roles: Law = {
  name: 'screens never ask for a role: a read says what one may do, and why not',
  bad: [
    { 'components/a.tsx': `export const A = () => actor.team.accountRole === 'owner'` },
    { 'app/page.tsx': `if ('admin' !== role) throw new Error()` },
  ],
  good: [{ 'components/a.tsx': `export const a = item.state === 'open' && field.name === 'owner'` }],
  check: ({ sources }) => sources.filter(({ path }) => /^(?:app|components)\//.test(path)).flatMap(roleTests),
}
