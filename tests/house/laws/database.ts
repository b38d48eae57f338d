import type { Law } from '#tests/house/law.ts'
import { isProduct, isWorldlyNamed, placeOf } from '#tests/house/rooms.ts'
import type { Breach, NodeOf, Source } from '#tests/house/source.ts'

/** The console migrates and mends before there is an app; it is the only room above the features that may. */
const CORE = new Set(['door', 'access', 'audit', 'auth', 'cli'])

function mayRead(path: string): boolean {
  return CORE.has(placeOf(path).room) || isWorldlyNamed(path, 'read', 'commands', 'worker')
}

function clientImports(source: Source): Breach[] {
  const { room } = placeOf(source.path)
  return source.links.flatMap(({ specifier, target, typeOnly, line }) => {
    const isClient =
      specifier.startsWith('@prisma/') ||
      specifier === 'pg' ||
      (target?.startsWith('prisma/generated/') ?? false)
    const breach = (because: string) => [{ path: source.path, line, because }]
    if (isClient && room !== 'server' && !mayRead(source.path)) return breach('names the database client')
    if (target !== 'lib/server/db.ts' || typeOnly || room === 'server' || mayRead(source.path)) return []
    return breach('opens the database')
  })
}

export const databaseClient: Law = {
  name: 'the database is opened in lib/server and used by read, commands, worker, door, access, audit, auth and the console alone',
  bad: [
    { 'app/page.tsx': `import { db } from '#lib/server/db.ts'` },
    { 'components/a.tsx': `import type { Prisma } from '#prisma/generated/client.ts'` },
    { 'lib/runs/actions.ts': `import { db } from '#lib/server/db.ts'` },
    { 'lib/runs/gate.ts': `import { PrismaPg } from '@prisma/adapter-pg'` },
    { 'app/a/route.ts': `import pg from 'pg'` },
  ],
  good: [
    { 'lib/runs/read.ts': `import { db } from '#lib/server/db.ts'` },
    { 'lib/runs/commands/a.ts': `import { Prisma } from '#prisma/generated/client.ts'` },
    { 'lib/server/db.ts': `import { PrismaPg } from '@prisma/adapter-pg'` },
    { 'tests/commands/a.test.ts': `import { db } from '#lib/server/db.ts'` },
  ],
  check: ({ sources }) => sources.filter((source) => isProduct(source.path)).flatMap(clientImports),
}

const WRITES =
  /^(?:create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|upsert|delete|deleteMany)$/
const RAW_WRITES = /^\$executeRaw(?:Unsafe)?$/
const WRITING_SQL = /\b(?:INSERT INTO|UPDATE \w+ SET|DELETE FROM|TRUNCATE)\b/i

function mayWrite(path: string): boolean {
  const { room } = placeOf(path)
  return (
    room === 'door' ||
    room === 'server' ||
    room === 'auth' ||
    path === 'lib/audit/append.ts' ||
    isWorldlyNamed(path, 'commands', 'worker')
  )
}

function isModel(object: NodeOf<'MemberExpression'>['object']): boolean {
  if (object.type !== 'MemberExpression') return false
  const root = object.object
  return (
    root.type === 'CallExpression' ||
    (root.type === 'Identifier' && /^(?:tx|db|prisma|client)$/.test(root.name))
  )
}

function writesOf(source: Source): Breach[] {
  const calls = source.nodes('MemberExpression').flatMap(({ object, property, start }) => {
    const name = property.type === 'Identifier' ? property.name : ''
    const isWrite = RAW_WRITES.test(name) || (WRITES.test(name) && isModel(object))
    return isWrite ? [{ start, because: `writes with ${name}` }] : []
  })
  const statements = source
    .nodes('TemplateElement')
    .flatMap(({ value, start }) =>
      WRITING_SQL.test(value.raw) ? [{ start, because: 'writes with SQL' }] : [],
    )
  return [...calls, ...statements].map(({ start, because }) => ({
    path: source.path,
    line: source.lineAt(start),
    because,
  }))
}

export const databaseWrites: Law = {
  name: 'tables are written by commands through the door, by workers and by the machine tables’ own writers in lib/server and lib/auth',
  bad: [
    { 'lib/runs/read.ts': `await tx.item.update({ where: {} })` },
    { 'lib/runs/read/board.ts': `await db().item.deleteMany({})` },
    { 'lib/runs/read.ts': 'await tx.$executeRaw`SELECT 1`' },
    { 'lib/runs/read.ts': 'await tx.$queryRaw`INSERT INTO item VALUES (1) RETURNING id`' },
    { 'lib/audit/read.ts': `await db().audit.create({})` },
  ],
  good: [
    { 'lib/runs/commands.ts': `await tx.item.update({ where: {} })` },
    {
      'lib/runs/read.ts': `const hash = createHash('sha256').update('a')\nseen.delete('a')\nawait db().item.findMany({})`,
    },
  ],
  check: ({ sources }) => sources.filter(({ path }) => isProduct(path) && !mayWrite(path)).flatMap(writesOf),
}

export const auditAppend: Law = {
  name: 'lib/audit/append.ts is imported by the door alone',
  bad: [
    { 'lib/runs/commands.ts': `import { append } from '#lib/audit/append.ts'` },
    { 'lib/audit/seal.ts': `import { append } from './append.ts'` },
  ],
  good: [{ 'lib/door/run-command.ts': `import { append } from '#lib/audit/append.ts'` }],
  check: ({ sources }) =>
    sources
      .filter(({ path }) => isProduct(path) && placeOf(path).room !== 'door')
      .flatMap(({ path, links }) =>
        links
          .filter(({ target }) => target === 'lib/audit/append.ts')
          .map(({ line }) => ({ path, line, because: 'appends to the log past the door' })),
      ),
}
