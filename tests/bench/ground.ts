import { readFileSync } from 'node:fs'
import pg from 'pg'
import { migrate } from '#lib/cli/migrate.mjs'
import { startScratchDatabase } from '#lib/cli/scratch-database.mjs'
import { closeDb } from '#lib/server/db.ts'
import { makeScene, type Scene } from '#tests/commands/runs/fixture.ts'
import { openRuns } from '#tests/support/marks.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'
import { type SignedIn, signInMany } from '#tests/support/sessions.ts'
import { CLIENTS } from './rate.ts'

const SEED = new URL('../../lib/templates/gallery/production-deployment.md', import.meta.url)
const RUNS = 100
// What a scratch cluster leaves out for speed is what a real one pays for; max_wal_size keeps checkpoints out of a run of seconds.
const DURABLE = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'max_wal_size=4GB']

export type Ground = {
  url: string
  scene: Scene
  runs: { runId: string; number: number; keys: string[] }[]
  people: SignedIn[]
  /** A replica over the ground's database, kept until the end; the second call with one name gives the same. */
  server: (name?: string) => Promise<TestServer>
  end: () => Promise<void>
}

/** A durable PostgreSQL of its own with one team, 32 people and 100 open runs of the seed's 73 items. */
export async function prepareGround(): Promise<Ground> {
  const cluster = await startScratchDatabase(DURABLE)
  const url = new URL(cluster.url)
  url.pathname = '/bench'
  const owner = new pg.Client({ connectionString: cluster.url })
  await owner.connect()
  await owner.query('CREATE DATABASE bench')
  await owner.end()
  await migrate({ url: url.href })
  process.env.DATABASE_URL = url.href
  process.env.NEXTAUTH_SECRET ??= 'only-for-tests-only-for-tests-only-for-tests'
  process.env.LOG_LEVEL ??= 'silent'

  const scene = await makeScene({ source: readFileSync(SEED, 'utf8') })
  const runs = await openRuns(scene, RUNS)
  const people = await signInMany(scene.team, CLIENTS)
  const servers = new Map<string, Promise<TestServer>>()
  return {
    url: url.href,
    scene,
    runs,
    people,
    server: (name = 'first') => {
      const held = servers.get(name) ?? startServer({ databaseUrl: url.href, worker: false })
      servers.set(name, held)
      return held
    },
    end: async () => {
      for (const server of servers.values()) await (await server).stop()
      await closeDb()
      await cluster.stop()
    },
  }
}
