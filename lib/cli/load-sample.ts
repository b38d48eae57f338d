import { closeDb, pool } from '#lib/server/db.ts'
import { loadSampleTeam } from '#prisma/seed.ts'
import { chooseSamplePort } from './sample-port.ts'
import { startSampleTarget } from './sample-target.mjs'

const tell = (message: unknown) => process.send?.(message)

/**
 * Writes a sample team for the account named by the first argument. Speaks to its parent: `{say}` at each step, then
 * `{loaded}` or `{failed}`. A process of its own, because the seed stands above the app and keeps a core busy for a while.
 */
async function main(): Promise<void> {
  const ownerId = process.argv[2] ?? ''
  const target = await startSampleTarget()
  // A thousand small commits need not each reach the disk: a crash loses the end of a sample, which is then loaded again.
  pool().on('connect', (connection) => connection.query('SET synchronous_commit = off'))
  try {
    const port = await chooseSamplePort()
    tell({ loaded: await loadSampleTeam({ ownerId, port, target, say: (line) => tell({ say: line }) }) })
  } catch (error) {
    tell({ failed: error instanceof Error ? error.message : String(error) })
  } finally {
    await target.close()
    await closeDb()
    process.disconnect?.()
  }
}

await main()
