import { type Node, parseSync, visitorKeys } from 'oxc-parser'

/** A change of one place of a source: what stood there, what stands there instead. */
export type Mutant = { start: number; end: number; was: string; is: string }

/** What an operator could be confused with: its opposite, and where a limit is meant the other side of the limit. */
const SWAPS: Readonly<Record<string, readonly string[]>> = {
  '===': ['!=='],
  '!==': ['==='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['&&'],
  '+': ['-'],
  '-': ['+'],
}

/**
 * Every mutant of a TypeScript source that changes one comparison, connective, number, truth value or `!`, or takes one branch
 * of a `?:` always. Types are left alone.
 */
export function mutantsOf(file: string, source: string): Mutant[] {
  const mutants: Mutant[] = []
  const add = ({ start, end }: { start: number; end: number }, is: string) => {
    const was = source.slice(start, end)
    if (was !== is) mutants.push({ start, end, was, is })
  }
  const operator = ({
    operator: sign,
    left,
    right,
  }: {
    operator: string
    left: { end: number }
    right: { start: number }
  }) => {
    const between = source.slice(left.end, right.start)
    const start = left.end + between.indexOf(sign)
    for (const other of SWAPS[sign] ?? []) add({ start, end: start + sign.length }, other)
  }
  const enter = (node: Node): void => {
    if (node.type.startsWith('TS') && !VALUES.includes(node.type)) return
    change(node)
    for (const key of visitorKeys[node.type] ?? []) {
      const child: unknown = Reflect.get(node, key)
      for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) enter(one)
    }
  }
  const change = (node: Node): void => {
    if (node.type === 'BinaryExpression' || node.type === 'LogicalExpression') operator(node)
    if (node.type === 'ConditionalExpression' || node.type === 'IfStatement') {
      add(node.test, 'true')
      add(node.test, 'false')
    }
    if (node.type === 'UnaryExpression' && node.operator === '!')
      add(node, source.slice(node.argument.start, node.argument.end))
    if (node.type !== 'Literal') return
    if (typeof node.value === 'boolean') add(node, String(!node.value))
    if (typeof node.value === 'number') add(node, String(node.value + 1))
  }
  enter(parseSync(file, source).program)
  return mutants
}

/** Expressions with a type beside them. */
const VALUES = ['TSAsExpression', 'TSSatisfiesExpression']

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

export function mutated(source: string, { start, end, is }: Mutant): string {
  return source.slice(0, start) + is + source.slice(end)
}

/** Where a mutant is, in a line: `judges/tls.ts:31 === → !==`. */
export function printed(file: string, source: string, { start, was, is }: Mutant): string {
  const line = source.slice(0, start).split('\n').length
  return `${file}:${line} ${was.replace(/\s+/g, ' ')} → ${is.replace(/\s+/g, ' ')}`
}
