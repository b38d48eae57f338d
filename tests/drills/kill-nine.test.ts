import { randomInt } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ChainEvent, type ChainHead, verifyChain } from '#lib/audit/chain.ts'
import { migrate } from '#lib/cli/migrate.mjs'
import { type ScratchDatabase, startScratchDatabase } from '#lib/cli/scratch-database.mjs'
import type { Evidence } from '#lib/runs/evidence.ts'
import { fold, grade, stateOf } from '#lib/runs/fold.ts'
import { closeDb } from '#lib/server/db.ts'
import { makeScene, type Scene } from '#tests/commands/runs/fixture.ts'
import { marksOf, openRuns } from '#tests/support/marks.ts'
import { freePort, startServer, type TestServer } from '#tests/support/server.ts'
import { type SignedIn, signInMany } from '#tests/support/sessions.ts'
import { chance } from './chance.ts'
import { type Acknowledged, tickAway } from './ticker.ts'

const LONG = process.env.DRILLS === 'long'
const CLIENTS = 8
const RUNS = 2
const TICKS = LONG ? 2_000 : 300
const KILLS = LONG ? 3 : 1
const seed = Number(process.env.DRILL_SEED ?? randomInt(2 ** 31))

// An acknowledged tick that lived in memory alone is what this drill is after, so nothing of durability is left out.
const DURABLE = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on']
const ITEMS = Array.from({ length: 24 }, (_, index) => `- [ ] Check number ${index + 1}`).join('\n')
const CHECKLIST = `# Drill\n\n## Pre-Deployment\n\n${ITEMS}\n\n## Sign-Off\n\n| Role | Name | Date | Signature |\n|---|---|---|---|\n| Developer | | | |\n`

let cluster: ScratchDatabase
let server: TestServer
let port: number
let url: string
let scene: Scene
let runs: { runId: string; number: number; keys: string[] }[]
let people: SignedIn[]
let owner: pg.Client

const startAgain = async (): Promise<void> => {
  server = await startServer({ databaseUrl: url, port, worker: false })
}

beforeAll(async () => {
  process.stdout.write(`kill -9 drill: DRILL_SEED=${seed}\n`)
  cluster = await startScratchDatabase(DURABLE)
  url = cluster.url
  await migrate({ url })
  process.env.DATABASE_URL = url
  scene = await makeScene({ source: CHECKLIST })
  runs = await openRuns(scene, RUNS)
  people = await signInMany(scene.team, CLIENTS)
  port = await freePort()
  await startAgain()
}, 300_000)

afterAll(async () => {
  await server.stop()
  await owner?.end()
  await closeDb()
  await cluster.stop()
})

/** The moments of the kills, counted in acknowledged ticks, and what dies: in the order of time. */
function plan(): { at: number; what: 'server' | 'database' }[] {
  const random = chance(seed)
  const victims = (['server', 'database'] as const).flatMap((what) =>
    Array.from({ length: KILLS }, () => what),
  )
  const share = TICKS / (victims.length + 1)
  return victims
    .map((what) => ({ what, order: random() }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ what }, index) => ({ what, at: Math.floor((index + 0.2 + random() * 0.8) * share) }))
}

async function killAlong(acts: readonly Acknowledged[], failed: () => boolean): Promise<void> {
  for (const { at, what } of plan()) {
    while (acts.length < at && !failed()) await new Promise((resolve) => setTimeout(resolve, 5))
    if (what === 'server') {
      await server.kill()
      await startAgain()
    } else await cluster.crash()
  }
}

type Row = {
  item_id: string
  n: number
  kind: 'tick' | 'untick'
  member_id: string
  by_name: string
  at: Date
}

const evidenceOf = (row: Row): Evidence => {
  const by = { memberId: row.member_id, name: row.by_name }
  const at = row.at.getTime()
  return row.kind === 'tick'
    ? { kind: 'tick', by, at, note: null, overProbe: false }
    : { kind: 'untick', by, at, reason: null }
}

it(`keeps each of ${TICKS} acknowledged ticks exactly once through kill -9 of server and database`, {
  timeout: LONG ? 1_200_000 : 400_000,
}, async () => {
  const acts: Acknowledged[] = []
  let broken = false
  const marks = await marksOf(runs)
  const clients = people.map((person, client) =>
    tickAway({
      url: `http://localhost:${port}`,
      scene,
      person,
      marks: marks.filter((_, index) => index % CLIENTS === client),
      acknowledged: (act) => acts.push(act),
      enough: () => acts.length >= TICKS || broken,
    }).catch((error) => {
      broken = true
      throw error
    }),
  )
  await Promise.all([...clients, killAlong(acts, () => broken)])
  expect(acts.length).toBeGreaterThanOrEqual(TICKS)

  owner = new pg.Client({ connectionString: url })
  await owner.connect()
  const evidence = await owner.query<Row>('SELECT * FROM evidence ORDER BY item_id, n')
  const words = (one: { item: string; n: number; kind: string; who: string }) =>
    `${one.item} ${one.n} ${one.kind} ${one.who}`
  expect(
    evidence.rows
      .map((row) => words({ item: row.item_id, n: row.n, kind: row.kind, who: row.member_id }))
      .sort(),
  ).toEqual(
    acts.map((act) => words({ item: act.itemId, n: act.version, kind: act.kind, who: act.memberId })).sort(),
  )

  const items = await owner.query('SELECT id, version, state, grade, fold FROM run_item')
  for (const item of items.rows) {
    const rows = evidence.rows.filter((row) => row.item_id === item.id)
    const folded = fold(rows.map(evidenceOf))
    expect(item).toEqual({
      id: item.id,
      version: rows.length,
      state: stateOf(folded),
      grade: grade(folded),
      fold: JSON.parse(JSON.stringify(folded)),
    })
  }

  for (const { runId } of runs) {
    const events = await owner.query<ChainEvent>(
      'SELECT stream, seq, canonical, prev, hash FROM audit_event WHERE stream = $1 ORDER BY seq',
      [runId],
    )
    const head = await owner.query<ChainHead>('SELECT seq, head AS hash FROM audit_stream WHERE id = $1', [
      runId,
    ])
    expect(verifyChain({ stream: runId, events: events.rows, head: head.rows[0] })).toEqual({
      ok: true,
      count: events.rows.length,
    })
    const logged = events.rows
      .map((event) => JSON.parse(event.canonical))
      .filter(({ action }) => /^run\.item_(?:un)?ticked$/.test(action))
      .map(({ seq, action, data, actor }) => `${seq} ${action} ${data.key} ${data.version} ${actor.memberId}`)
    const said = acts
      .filter((act) => act.runId === runId)
      .toSorted((a, b) => a.seq - b.seq)
      .map((act) => `${act.seq} run.item_${act.kind}ed ${act.key} ${act.version} ${act.memberId}`)
    expect(logged).toEqual(said)
  }
  const waiting = await owner.query<{ events: number; handed: number }>(
    'SELECT (SELECT count(*)::int FROM audit_event) AS events, (SELECT count(DISTINCT (stream, seq))::int FROM outbox) AS handed',
  )
  expect(waiting.rows[0]?.handed).toBe(waiting.rows[0]?.events)
})
