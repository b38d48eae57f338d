import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { breachesOf, filesOf, type Law } from './law.ts'
import { browser } from './laws/client.ts'
import { committedText, floors } from './laws/committed-text.ts'
import { components, roles } from './laws/components.ts'
import { counts } from './laws/counts.ts'
import { cycles } from './laws/cycles.ts'
import { auditAppend, databaseClient, databaseWrites } from './laws/database.ts'
import { direction } from './laws/direction.ts'
import { environment } from './laws/environment.ts'
import { barrels, specifiers } from './laws/modules.ts'
import { names, size } from './laws/names.ts'
import { purity } from './laws/purity.ts'
import { reads } from './laws/reads.ts'
import { proxy, routes } from './laws/routes.ts'
import { serverActions } from './laws/server-actions.ts'
import { quiet, types, wholeSuites } from './laws/types.ts'
import { readTree } from './tree.ts'

const LAWS: Law[] = [
  direction,
  cycles,
  purity,
  databaseClient,
  databaseWrites,
  auditAppend,
  environment,
  serverActions,
  browser,
  routes,
  proxy,
  reads,
  roles,
  components,
  barrels,
  specifiers,
  names,
  size,
  types,
  quiet,
  wholeSuites,
  counts,
  committedText,
  floors,
]

const tree = readTree()

describe.each(LAWS)('$name', (law) => {
  it('holds in the whole tree', () => {
    expect(breachesOf({ law, files: tree })).toEqual([])
  })

  it.each(law.bad.map((example) => ({ example, shown: JSON.stringify(example).slice(0, 120) })))(
    'refuses $shown',
    ({ example }) => {
      expect(breachesOf({ law, files: filesOf(example) })).not.toEqual([])
    },
  )

  it('lets good examples pass, and an empty tree', () => {
    for (const example of law.good) expect(breachesOf({ law, files: filesOf(example) })).toEqual([])
    expect(breachesOf({ law, files: [] })).toEqual([])
  })
})

describe('the laws themselves', () => {
  it('are all in force', async () => {
    const folder = path.join(import.meta.dirname, 'laws')
    const written: unknown[] = []
    for (const file of readdirSync(folder)) {
      const exported: Record<string, unknown> = await import(path.join(folder, file))
      written.push(...Object.values(exported).filter((value) => typeof value === 'object'))
    }
    expect(new Set(written)).toEqual(new Set(LAWS))
    for (const law of LAWS) expect(law.bad.length * law.good.length).toBeGreaterThan(0)
  })

  it('read the files of the project', () => {
    const paths = tree.map(({ path }) => path)
    expect(paths).toContain('package.json')
    expect(paths).toContain('lib/shared/result.ts')
    expect(paths.filter((path) => /node_modules|generated/.test(path))).toEqual([])
  })
})
