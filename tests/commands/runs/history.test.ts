import { beforeAll, describe, expect, it } from 'vitest'
import { GET } from '#app/[team]/history/csv/route.ts'
import type { MemberActor } from '#lib/access/actor.ts'
import { abort } from '#lib/runs/commands/steps.ts'
import { type HistoryRow, listHistory } from '#lib/runs/read/history.ts'
import { db } from '#lib/server/db.ts'
import type { HistoryFilters } from '#lib/shared/paths.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { insertManyRuns } from '#tests/support/many-runs.ts'
import { sessionCookie } from '#tests/support/people-at.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { makeScene, memberOf, openScene, type Scene } from './fixture.ts'

useTestDatabase()

const COUNT = 1_100
const PAGE = 50
let scene: Scene
let actor: MemberActor
beforeAll(async () => {
  scene = await makeScene()
  await insertManyRuns({ team: scene.team.slug, count: COUNT })
  actor = await memberOf(scene.ana.principal, scene.team.slug)
})

/** Opens one more run and ends it, so that the next one finds its place free. */
async function oneMore(version: string, more: Record<string, unknown> = {}): Promise<void> {
  const opened = await openScene(scene, { version, ...more })
  await done(
    act(abort, scene.ana.principal, { ...opened.address, reason: 'Only here to be listed', deployed: null }),
  )
}

/** Every page from the newest on; between two pages a run is opened. */
async function walk(filters: HistoryFilters, limit = PAGE): Promise<HistoryRow[][]> {
  const pages: HistoryRow[][] = []
  let after: string | null = null
  do {
    const asked: HistoryFilters = { ...filters, ...(after ? { after } : {}) }
    const page = await listHistory(actor, { filters: asked, limit })
    pages.push(page.rows)
    after = page.older
    if (pages.length < 4) await oneMore(`v9.${pages.length}.${limit}`)
  } while (after)
  return pages
}

describe('the pages of the history', () => {
  it('hold every run once, in order, while runs are added in front', async () => {
    const known = (await db().run.findMany({ select: { id: true } })).map(({ id }) => id)
    const pages = await walk({})
    expect(pages.length).toBe(COUNT / PAGE)
    const rows = pages.flat()
    expect(rows.map(({ id }) => id).toSorted()).toEqual(known.toSorted())
    const times = rows.map(({ openedAt }) => openedAt.getTime())
    expect(times).toEqual(times.toSorted((one, two) => two - one))
    expect(pages.slice(0, -1).every((page) => page.length === PAGE)).toBe(true)
  })

  it('keep the filters from page to page', async () => {
    const wanted = await db().run.count({ where: { state: 'rolled_back' } })
    expect(wanted).toBeGreaterThan(20)
    const rows = (await walk({ state: 'rolled_back', service: 'web' }, 10)).flat()
    expect(rows).toHaveLength(wanted)
    expect(new Set(rows.map(({ id }) => id)).size).toBe(wanted)
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['rolled_back']))
  })

  it('do not lose or double runs that were opened in the same moment', async () => {
    const openedAt = new Date('2020-01-01T00:00:00Z')
    const some = await db().run.findMany({ where: { state: 'closed' }, take: 9, select: { id: true } })
    const ids = some.map(({ id }) => id)
    await db().run.updateMany({ where: { id: { in: ids } }, data: { openedAt } })
    const rows = (await walk({ to: '2020-01-01' }, 4)).flat()
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  })
})

async function csvOf(query: string): Promise<{ head: string[]; lines: string[]; response: Response }> {
  const request = new Request(`http://localhost/${scene.team.slug}/history/csv?${query}`, {
    headers: { cookie: await sessionCookie(scene.eve) },
  })
  const response = await GET(request, { params: Promise.resolve({ team: scene.team.slug }) })
  const [head, ...lines] = (await response.clone().text()).split(/\r?\n/).filter(Boolean)
  return { head: head?.split(',') ?? [], lines, response }
}

describe('the history as CSV', () => {
  it('has every run on a line of its own, beyond one page of the database, for whoever reads', async () => {
    const { head, lines, response } = await csvOf('')
    expect(response.headers.get('content-type')).toContain('text/csv')
    expect(response.headers.get('content-disposition')).toContain(`${scene.team.slug}-history.csv`)
    expect(head).toContain('commit_author')
    expect(head).not.toContain('sample')
    const count = await db().run.count()
    expect(count).toBeGreaterThan(1_000)
    expect(lines).toHaveLength(count)
    expect(new Set(lines.map((line) => line.split(',').slice(0, 2).join('#'))).size).toBe(count)
  })

  it('keeps the filters of the address, quotes what needs it, and gives no formula to a spreadsheet', async () => {
    await oneMore('v7.7.7', { changeTicket: '=HYPERLINK("x"), "two"', author: { name: 'Kim, Lee' } })
    const { head, lines } = await csvOf('text=v7.7.7&state=aborted')
    expect(lines).toHaveLength(1)
    expect(head.slice(0, 5)).toEqual(['service', 'number', 'environment', 'state', 'version'])
    expect(lines[0]).toMatch(
      /^web,\d+,production,aborted,v7\.7\.7,8f3c2d1,,"Kim, Lee","'=HYPERLINK\(""x""\), ""two""",Ana,/,
    )
    expect((await csvOf('text=v7.7.7&state=closed')).lines).toEqual([])
  })
})
