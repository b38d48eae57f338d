import type { Law } from '#tests/house/law.ts'
import { isWorldlyNamed } from '#tests/house/rooms.ts'
import type { Breach, NodeOf, Source } from '#tests/house/source.ts'

type Parameters = NodeOf<'ArrowFunctionExpression'>['params']
type Exported = { name: string; params: Parameters; start: number }

function typeNameOf(parameter: Parameters[number] | undefined): string {
  if (parameter?.type !== 'Identifier' || parameter.typeAnnotation === null) return ''
  const type = parameter.typeAnnotation?.typeAnnotation
  return type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' ? type.typeName.name : ''
}

function exportedFunctions({ program }: Source): Exported[] {
  return program.body.flatMap((statement): Exported[] => {
    if (statement.type !== 'ExportNamedDeclaration') return []
    const { declaration } = statement
    if (declaration?.type === 'FunctionDeclaration') {
      return [{ name: declaration.id?.name ?? '', params: declaration.params, start: declaration.start }]
    }
    if (declaration?.type !== 'VariableDeclaration') return []
    return declaration.declarations.flatMap(({ id, init, start }) => {
      const inner = init?.type === 'CallExpression' ? init.arguments[0] : init
      if (inner?.type !== 'ArrowFunctionExpression' && inner?.type !== 'FunctionExpression') return []
      return [{ name: id.type === 'Identifier' ? id.name : '', params: inner.params, start }]
    })
  })
}

export const reads: Law = {
  name: 'an exported read takes an actor first, so nothing is read without asking for whom',
  bad: [
    { 'lib/runs/read.ts': 'export async function getRun(id: string) {}' },
    { 'lib/runs/read/board.ts': 'export const getBoard = cache(async (input: { actor: Actor }) => input)' },
    { 'lib/runs/read.ts': 'export function listRuns() {}' },
  ],
  good: [
    {
      'lib/runs/read.ts':
        'export async function getRun(actor: MemberActor, id: string) {}\nexport const getBoard = cache(async (actor: Actor) => actor)\nexport type A = 1\nexport const LIMIT = 50',
    },
  ],
  check: ({ sources }) =>
    sources
      .filter(({ path }) => isWorldlyNamed(path, 'read'))
      .flatMap((source): Breach[] =>
        exportedFunctions(source)
          .filter(({ params }) => !typeNameOf(params[0]).endsWith('Actor'))
          .map(({ name, start }) => ({
            path: source.path,
            line: source.lineAt(start),
            because: `${name} does not take an actor first`,
          })),
      ),
}
