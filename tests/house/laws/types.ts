import type { Law } from '#tests/house/law.ts'
import type { Breach, Source } from '#tests/house/source.ts'

/** Written in two halves, so that this file does not break its own law. */
const SILENCERS = new RegExp(
  `(?:@ts-${'(?:ignore|expect-error|nocheck)'}|biome-${'ignore'}|eslint-${'disable'})`,
)
const POSTPONED = new RegExp(`\\b(?:TO${'DO'}|FIX${'ME'}|XX${'X'}|HA${'CK'})\\b`)

function holes(source: Source): Breach[] {
  const definite = [...source.nodes('VariableDeclarator'), ...source.nodes('PropertyDefinition')].filter(
    (node) => node.definite === true,
  )
  return [
    ...source.nodes('TSAnyKeyword').map(({ start }) => ({ start, because: 'any' })),
    ...source.nodes('TSNonNullExpression').map(({ start }) => ({ start, because: '! in place of a check' })),
    ...definite.map(({ start }) => ({ start, because: '! in place of a value' })),
    ...source.comments
      .filter(({ value }) => SILENCERS.test(value))
      .map(({ start }) => ({ start, because: 'silences a tool' })),
    ...source.comments
      .filter(({ value }) => POSTPONED.test(value))
      .map(({ start }) => ({ start, because: 'postpones' })),
  ].map(({ start, because }) => ({ path: source.path, line: source.lineAt(start), because }))
}

export const types: Law = {
  name: 'no any, no non-null !, no silenced tool, no postponed work',
  bad: [
    { 'lib/runs/a.ts': 'export const a: any = 1' },
    { 'lib/runs/a.ts': 'export const a = b as unknown as any[]' },
    { 'lib/runs/a.ts': 'export const a = b!.c' },
    { 'lib/runs/a.ts': 'let a!: string' },
    { 'components/a.tsx': `// @ts-${'ignore'} because\nexport const a = 1` },
    { 'tests/rules/a.test.ts': `/* biome-${'ignore'} lint: because */` },
    { 'lib/runs/a.ts': `// TO${'DO'}: later` },
  ],
  good: [
    { 'lib/runs/a.ts': `// any company! may do it\nexport const a: unknown = !b\nexport const todo = 1` },
  ],
  check: ({ sources }) => sources.flatMap(holes),
}

export const quiet: Law = {
  name: 'the product logs through lib/server/log.ts, never with console',
  bad: [{ 'lib/runs/worker.ts': `console.log('x')` }, { 'components/a.tsx': `console.error('x')` }],
  good: [{ 'lib/cli/start.mjs': `console.log('x')` }, { 'tests/bench/a.ts': `console.log('x')` }],
  check: ({ sources }) =>
    sources
      .filter(({ path }) => /^(?:app|components|lib)\/.*\.tsx?$/.test(path) && !path.startsWith('lib/cli/'))
      .flatMap((source) =>
        source
          .nodes('MemberExpression')
          .filter(({ object }) => object.type === 'Identifier' && object.name === 'console')
          .map(({ start }) => ({
            path: source.path,
            line: source.lineAt(start),
            because: 'writes to the console',
          })),
      ),
}

const RUNNERS = new Set(['it', 'test', 'describe'])

function leftOut(source: Source): Breach[] {
  return source.nodes('CallExpression').flatMap(({ callee, arguments: given, start }) => {
    if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return []
    const root = callee.object.type === 'MemberExpression' ? callee.object.object : callee.object
    if (root.type !== 'Identifier' || !RUNNERS.has(root.name)) return []
    const word = callee.property.name
    const isNamed = given[0]?.type === 'Literal' && typeof given[0].value === 'string'
    const isLeftOut = word === 'only' || word === 'todo' || (word === 'skip' && isNamed)
    return isLeftOut
      ? [{ path: source.path, line: source.lineAt(start), because: `leaves tests out with ${word}` }]
      : []
  })
}

export const wholeSuites: Law = {
  name: 'no test is left out: no only, no todo, no skip without a condition',
  bad: [
    { 'tests/rules/a.test.ts': `it.${'only'}('a', () => {})` },
    { 'tests/rules/a.test.ts': `describe.${'skip'}('a', () => {})` },
    { 'tests/e2e/a.spec.ts': `test.describe.${'only'}('a', () => {})` },
    { 'tests/rules/a.test.ts': `it.${'todo'}('a')` },
  ],
  good: [{ 'tests/peers/a.test.ts': `it.skipIf(missing)('a', () => {})\ntest.skip(missing, 'needs nginx')` }],
  check: ({ sources }) => sources.filter(({ path }) => path.startsWith('tests/')).flatMap(leftOut),
}
