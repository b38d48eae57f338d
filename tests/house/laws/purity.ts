import type { Law } from '#tests/house/law.ts'
import { placeOf, WORLDLY_NAMES } from '#tests/house/rooms.ts'
import type { Breach, Source } from '#tests/house/source.ts'
import { touchesOf, worldOf } from '#tests/house/world.ts'

const PURE_BY_CONTRACT = new Set(['lib/access/policy.ts', 'lib/audit/chain.ts', 'lib/audit/events.ts'])

function mustBePure(path: string): boolean {
  const place = placeOf(path)
  if (place.room === 'feature') return place.worldly === null
  return place.room === 'shared' || PURE_BY_CONTRACT.has(path)
}

function impurities(sources: Source[]): Breach[] {
  const why = worldOf(sources)
  return sources
    .filter((source) => mustBePure(source.path))
    .flatMap((source) => [
      ...touchesOf(source).map(({ line, what }) => ({ path: source.path, line, because: what })),
      ...source.links.flatMap(({ target, typeOnly, line }) => {
        const reason = target === null || typeOnly ? null : why(target)
        return reason === null
          ? []
          : [{ path: source.path, line, because: `loads ${target}, which ${reason}` }]
      }),
    ])
}

export const purity: Law = {
  name: `in a feature only ${WORLDLY_NAMES.join(', ')} touch the world; lib/shared, the policy, the events and the chain never do`,
  bad: [
    { 'lib/runs/gate.ts': 'export const now = Date.now()' },
    { 'lib/runs/gate.ts': 'export const now = new Date()' },
    { 'lib/runs/gate.ts': 'export const now = Date()' },
    { 'lib/runs/gate.ts': 'export const luck = Math.random()' },
    { 'lib/runs/gate.ts': 'export const id = crypto.randomUUID()' },
    { 'lib/runs/gate.ts': 'export const url = process.env.URL' },
    { 'lib/runs/gate.ts': `export const page = fetch('http://x.test')` },
    { 'lib/runs/gate.ts': `import { randomBytes } from 'node:crypto'` },
    { 'lib/runs/gate.ts': `import { readFileSync } from 'node:fs'` },
    { 'lib/runs/gate.ts': `import { v7 } from 'uuid'` },
    { 'lib/runs/gate.ts': `import type { NextRequest } from 'next/server'` },
    { 'lib/runs/gate.ts': `import type { Prisma } from '#prisma/generated/client.ts'` },
    { 'lib/runs/gate.ts': `import { b } from './read.ts'`, 'lib/runs/read.ts': 'export const b = 1' },
    {
      'lib/runs/gate.ts': `import { b } from '#lib/auth/b.ts'`,
      'lib/auth/b.ts': `import { c } from './c.ts'`,
      'lib/auth/c.ts': 'export const c = Date.now()',
    },
    { 'lib/shared/time.ts': 'export const now = () => Date.now()' },
    {
      'lib/access/policy.ts': `import { db } from '#lib/server/db.ts'`,
      'lib/server/db.ts': `import pg from 'pg'`,
    },
  ],
  good: [
    {
      'lib/runs/read.ts': 'export const now = Date.now()',
      'lib/probes/channels/http.ts': `fetch('http://x.test')`,
    },
    { 'lib/runs/commands/tick-item.ts': `import { db } from '#lib/server/db.ts'` },
    { 'lib/runs/gate.ts': 'export const day = (at: number) => new Date(at).toISOString()' },
    { 'lib/runs/gate.ts': `import { createHash } from 'node:crypto'\nimport { z } from 'zod'` },
    { 'lib/runs/gate.ts': 'export const isRunning = (process: { state: string }) => process.state' },
    {
      'lib/runs/gate.ts': `import type { Row } from './read.ts'`,
      'lib/runs/read.ts': 'export const now = Date.now()',
    },
    { 'lib/runs/gate.ts': `import { b } from '#lib/door/b.ts'`, 'lib/door/b.ts': 'export const b = 1' },
  ],
  check: ({ sources }) => impurities(sources),
}
