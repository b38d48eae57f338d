import path from 'node:path'
import { type Comment, type Node, type Program, parseSync, visitorKeys } from 'oxc-parser'

/** A file as the laws get it: nothing but its place in the repository and its text. */
export type File = { path: string; text: string }

/** One import, re-export or import() of a file. `target` is a path in the repository, null for a package. */
export type Link = {
  specifier: string
  target: string | null
  names: string[]
  typeOnly: boolean
  reexport: boolean
  line: number
}

export type NodeOf<T extends Node['type']> = Extract<Node, { type: T }>

export type Source = File & {
  program: Program
  comments: Comment[]
  links: Link[]
  /** `use client`, `use server`: directives at the top of the file. */
  directives: string[]
  /** 1-based line of an offset into the text. */
  lineAt: (offset: number) => number
  /** Every node of one kind, in the order of the text. */
  nodes: <T extends Node['type']>(type: T) => NodeOf<T>[]
}

export type Breach = { path: string; line: number; because: string }

const CODE = /\.(?:ts|tsx|mts|mjs|js)$/
const OURS = /^#((?:(?:app|components|lib|prisma|tests)\/.+)|[a-z.-]+\.ts)$/

export function isCode(file: File): boolean {
  return CODE.test(file.path)
}

function targetOf(from: string, specifier: string): string | null {
  const own = OURS.exec(specifier)
  if (own) return own[1] ?? null
  if (!specifier.startsWith('.')) return null
  return path.posix.join(path.posix.dirname(from), specifier)
}

function linksOf(
  file: File,
  parsed: ReturnType<typeof parseSync>,
  lineAt: (offset: number) => number,
): Link[] {
  const { staticImports, staticExports, dynamicImports } = parsed.module
  const link = (
    specifier: string,
    offset: number,
    rest: Pick<Link, 'names' | 'typeOnly' | 'reexport'>,
  ): Link => ({
    specifier,
    target: targetOf(file.path, specifier),
    line: lineAt(offset),
    ...rest,
  })
  const imports = staticImports.map(({ moduleRequest, entries, start }) =>
    link(moduleRequest.value, start, {
      names: entries.map(({ importName }) => importName.name ?? '*'),
      typeOnly: entries.length > 0 && entries.every((entry) => entry.isType),
      reexport: false,
    }),
  )
  const exports = staticExports.flatMap(({ entries, start }) =>
    entries.flatMap(({ moduleRequest, importName, isType }) =>
      moduleRequest === null
        ? []
        : [
            link(moduleRequest.value, start, {
              names: [importName.name ?? '*'],
              typeOnly: isType,
              reexport: true,
            }),
          ],
    ),
  )
  const dynamic = dynamicImports.map(({ moduleRequest, start }) => {
    const literal = file.text.slice(moduleRequest.start, moduleRequest.end).replace(/^['"`]|['"`]$/g, '')
    return link(literal, start, { names: ['*'], typeOnly: false, reexport: false })
  })
  return [...imports, ...exports, ...dynamic]
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

function childrenOf(node: Node): Node[] {
  const fields = new Map<string, unknown>(Object.entries(node))
  return (visitorKeys[node.type] ?? []).flatMap((key) => [fields.get(key)].flat()).filter(isNode)
}

function byKind(program: Program): Map<string, Node[]> {
  const kinds = new Map<string, Node[]>()
  const walk = (node: Node): void => {
    const same = kinds.get(node.type)
    if (same === undefined) kinds.set(node.type, [node])
    else same.push(node)
    childrenOf(node).forEach(walk)
  }
  walk(program)
  return kinds
}

/** Parses one file. Throws with the parser's message when it is not valid TypeScript or JavaScript. */
export function parseSource(file: File): Source {
  const parsed = parseSync(file.path, file.text)
  const wrong = parsed.errors[0]
  if (wrong !== undefined) throw new SyntaxError(`${file.path}: ${wrong.message}`)
  const { program, comments } = parsed
  const starts = [0, ...[...file.text.matchAll(/\n/g)].map((match) => match.index + 1)]
  const lineAt = (offset: number) => starts.findLastIndex((start) => start <= offset) + 1
  const directives = program.body.flatMap((statement) =>
    statement.type === 'ExpressionStatement' && statement.directive ? [statement.directive] : [],
  )
  let found: Map<string, Node[]> | undefined
  const kinds = () => {
    found ??= byKind(program)
    return found
  }
  return {
    ...file,
    program,
    comments,
    directives,
    lineAt,
    links: linksOf(file, parsed, lineAt),
    nodes: (type) =>
      (kinds().get(type) ?? []).filter((node): node is NodeOf<typeof type> => node.type === type),
  }
}
