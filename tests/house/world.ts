import { isWorldlyNamed } from './rooms.ts'
import type { Link, NodeOf, Source } from './source.ts'

export type Touch = { line: number; what: string }

/** Packages that compute and do nothing else. */
const PURE_PACKAGES =
  /^(?:zod|canonicalize|mdast|mdast-util-[a-z-]+|micromark|micromark-[a-z-]+|unist-util-[a-z-]+|diff|ipaddr\.js|d3-(?:scale|shape)|fast-check|saxes|re2js|node:(?:assert|buffer|path|path\/posix|url|util))$/
/** Of node:crypto, what gives the same answer every time. */
const PURE_CRYPTO = new Set([
  'createHash',
  'createHmac',
  'createPublicKey',
  'hash',
  'timingSafeEqual',
  'verify',
])
/** Types alone do no harm, but a rule that speaks of these is no rule. */
const WORLDLY_TYPES = /^(?:next|react|react-dom|@prisma|@tanstack|pg|pg-boss|next-auth)(?:\/|$)/

const GLOBALS = new Set([
  'process',
  'crypto',
  'performance',
  'console',
  'localStorage',
  'sessionStorage',
  'navigator',
])
const CALLS = new Set([
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Date',
  'require',
])
const MADE = new Set(['WebSocket', 'EventSource', 'XMLHttpRequest', 'BroadcastChannel', 'Worker'])
const MEMBERS = new Map([
  ['Date', 'now'],
  ['Math', 'random'],
])

function packageTouch({ specifier, names, typeOnly, line }: Link): Touch[] {
  const what = `imports ${specifier}`
  if (typeOnly) return WORLDLY_TYPES.test(specifier) ? [{ line, what }] : []
  if (PURE_PACKAGES.test(specifier)) return []
  if (specifier === 'node:crypto' && names.every((name) => PURE_CRYPTO.has(name))) return []
  return [{ line, what }]
}

function declaredNames(source: Source): Set<string> {
  const declared = [
    ...source.nodes('VariableDeclarator').map(({ id }) => id),
    ...source.nodes('FunctionDeclaration').flatMap(({ id, params }) => [id, ...params]),
    ...source.nodes('FunctionExpression').flatMap(({ params }) => params),
    ...source.nodes('ArrowFunctionExpression').flatMap(({ params }) => params),
    ...source.nodes('ImportSpecifier').map(({ local }) => local),
    ...source.nodes('ImportDefaultSpecifier').map(({ local }) => local),
  ]
  return new Set(declared.flatMap((node) => (node?.type === 'Identifier' ? [node.name] : [])))
}

function memberTouch({ object, property }: NodeOf<'MemberExpression'>, own: Set<string>): string | null {
  if (object.type !== 'Identifier' || own.has(object.name)) return null
  if (GLOBALS.has(object.name)) return `uses ${object.name}`
  const member = property.type === 'Identifier' ? property.name : null
  return member !== null && MEMBERS.get(object.name) === member ? `uses ${object.name}.${member}` : null
}

function callTouch({ callee }: NodeOf<'CallExpression'>, own: Set<string>): string | null {
  const isGlobal = callee.type === 'Identifier' && CALLS.has(callee.name) && !own.has(callee.name)
  return isGlobal ? `calls ${callee.name}()` : null
}

function newTouch({ callee, arguments: given }: NodeOf<'NewExpression'>, own: Set<string>): string | null {
  if (callee.type !== 'Identifier' || own.has(callee.name)) return null
  if (callee.name === 'Date' && given.length === 0) return 'reads the clock with new Date()'
  return MADE.has(callee.name) ? `opens a ${callee.name}` : null
}

/** Where one file itself touches the world: network, clock, randomness, environment, database, framework. */
export function touchesOf(source: Source): Touch[] {
  const touches: Touch[] = source.links.flatMap((link) => {
    if (link.target === null) return packageTouch(link)
    const isClient = link.target.startsWith('prisma/generated/')
    return isClient ? [{ line: link.line, what: 'imports the Prisma client' }] : []
  })
  const own = declaredNames(source)
  const found = [
    ...source.nodes('MemberExpression').map((node) => ({ start: node.start, what: memberTouch(node, own) })),
    ...source.nodes('CallExpression').map((node) => ({ start: node.start, what: callTouch(node, own) })),
    ...source.nodes('NewExpression').map((node) => ({ start: node.start, what: newTouch(node, own) })),
  ]
  for (const { start, what } of found) if (what !== null) touches.push({ line: source.lineAt(start), what })
  return touches
}

/**
 * For each path, why it is worldly, or null: by its name, by what it does, or because it loads a file that is. Types
 * are erased before anything runs, so type imports do not count.
 */
export function worldOf(sources: Source[]): (path: string) => string | null {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const known = new Map<string, string | null>()
  const why = (path: string): string | null => {
    const before = known.get(path)
    if (before !== undefined) return before
    // Set before the walk, so that a ring of imports ends.
    known.set(path, null)
    const source = byPath.get(path)
    const own = source === undefined ? undefined : touchesOf(source)[0]
    let answer: string | null = own?.what ?? null
    if (isWorldlyNamed(path, 'read', 'commands', 'actions', 'queries', 'worker', 'channels'))
      answer = 'is worldly by its name'
    for (const { target, typeOnly } of answer === null ? (source?.links ?? []) : []) {
      const inner = target === null || typeOnly ? null : why(target)
      if (inner !== null) answer = `loads ${target}, which ${inner}`
      if (answer !== null) break
    }
    known.set(path, answer)
    return answer
  }
  return why
}
