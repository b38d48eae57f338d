import type { Law } from '#tests/house/law.ts'
import { FEATURES, placeOf, rankOf } from '#tests/house/rooms.ts'
import type { Breach, Source } from '#tests/house/source.ts'

const CODE_ROOMS = /^(?:app|components|lib|prisma)\//

function wrongWay(source: Source): Breach[] {
  const from = placeOf(source.path)
  return source.links.flatMap(({ target, line }) => {
    if (target === null || from.room === 'tests') return []
    const to = placeOf(target)
    const because = `imports ${target}`
    if (to.room === 'tests') return [{ path: source.path, line, because: `${because}: tests are for tests` }]
    if (target.startsWith('prisma/generated/')) return []
    const isTop = rankOf(to) >= 30
    const fromTo = rankOf(from) < rankOf(to) || (isTop && from.room !== to.room && from.room !== 'root')
    // A tool's configuration and the console may start the seed; the product may not.
    if (to.room === 'prisma' && from.room === 'cli') return []
    return fromTo ? [{ path: source.path, line, because: `${because}, which stands above it` }] : []
  })
}

export const direction: Law = {
  name: `imports go app → components → features (${FEATURES.join(' ← ')}) → door, access, audit, auth → server → shared`,
  bad: [
    { 'lib/shared/a.ts': `import { b } from '#lib/server/b.ts'` },
    { 'lib/shared/a.ts': `import type { B } from '../server/b.ts'` },
    { 'lib/server/a.ts': `import { b } from '#lib/audit/b.ts'` },
    { 'lib/door/a.ts': `import { b } from '#lib/runs/b.ts'` },
    { 'lib/people/a.ts': `export { b } from '#lib/teams/b.ts'` },
    { 'lib/templates/a.ts': `const b = await import('#lib/runs/b.ts')` },
    { 'lib/runs/a.ts': `import { B } from '#components/b.tsx'` },
    { 'components/a.tsx': `import { b } from '#app/b.tsx'` },
    { 'lib/runs/a.ts': `import { b } from '#tests/support/b.ts'` },
    { 'lib/runs/a.ts': `import { b } from '#lib/cli/b.ts'` },
    { 'app/a.ts': `import { b } from '#prisma/seed.ts'` },
    { 'lib/extras/a.ts': '' },
  ],
  good: [
    { 'app/a.tsx': `import { B } from '#components/b.tsx'\nimport { c } from '#lib/runs/read.ts'` },
    { 'lib/runs/a.ts': `import { b } from '#lib/templates/b.ts'\nimport { c } from './c.ts'` },
    { 'lib/door/a.ts': `import { b } from '#lib/auth/b.ts'\nimport { z } from 'zod'` },
    { 'tests/rules/a.test.ts': `import { b } from '#lib/runs/b.ts'` },
    { 'prisma/seed.ts': `import { b } from '#lib/runs/commands.ts'` },
  ],
  check: ({ files, sources }) => [
    ...sources.flatMap(wrongWay),
    ...files
      .filter((file) => CODE_ROOMS.test(file.path) && placeOf(file.path).room === 'unknown')
      .map((file) => ({
        path: file.path,
        line: 1,
        because: 'stands in a room that the layout does not name',
      })),
  ],
}
