import { isMember } from '#lib/access/actor.ts'
import { mintActor } from '#lib/auth/mint.ts'
import { getBoard } from '#lib/runs/read/board.ts'
import { db } from '#lib/server/db.ts'
import { newId } from '#lib/server/ids.ts'
import { openScene, type Scene } from '#tests/commands/runs/fixture.ts'

/** One item that can be ticked and unticked without a word, and where it stands. */
export type Mark = {
  runId: string
  number: number
  key: string
  itemId: string
  version: number
  ticked: boolean
}

/** Opens `count` runs of the scene's template, each in an environment of its own, and gives their plain items. */
export async function openRuns(
  scene: Scene,
  count: number,
): Promise<{ runId: string; number: number; keys: string[] }[]> {
  const { teamId, slug } = scene.team
  const service = await db().service.findFirstOrThrow({ where: { teamId, slug: scene.service } })
  const slugs = Array.from({ length: count }, (_, index) => `zone-${index + 1}`)
  await db().environment.createMany({
    data: slugs.map((name, index) => ({
      id: newId(),
      teamId,
      serviceId: service.id,
      slug: name,
      name,
      ordinal: 10 + index,
      variables: { BASE_URL: 'http://127.0.0.1:9' },
      allowList: [],
      createdAt: new Date(),
    })),
  })
  const runs: { runId: string; number: number; keys: string[] }[] = []
  for (const environment of slugs) {
    const { runId, number } = await openScene(scene, { environment })
    runs.push({ runId, number, keys: [] })
  }
  const first = runs[0]
  const actor = await mintActor({ principal: scene.ana.principal, team: slug })
  if (!first || typeof actor === 'string' || !isMember(actor)) throw new Error('no run was opened')
  const board = await getBoard(actor, { service: scene.service, number: first.number })
  const plain = board?.items.filter((item) => item.kind === 'item' && item.can.tick && !item.tickNeedsNote)
  if (!plain || plain.length === 0) throw new Error('the template has nothing to tick')
  return runs.map((run) => ({ ...run, keys: plain.map(({ key }) => key) }))
}

/** Where the plain items of the runs stand now, one run after the other. */
export async function marksOf(
  runs: readonly { runId: string; number: number; keys: string[] }[],
): Promise<Mark[]> {
  const keys = runs[0]?.keys ?? []
  const rows = await db().$queryRaw<Mark[]>`
    SELECT i.run_id AS "runId", r.number, i.key, i.id AS "itemId", i.version, i.fold -> 'tick' <> 'null'::jsonb AS ticked
    FROM run_item i JOIN run r ON r.id = i.run_id
    WHERE i.run_id = ANY(${runs.map(({ runId }) => runId)}::uuid[]) AND i.key = ANY(${keys}) ORDER BY r.number, i.ordinal`
  return rows
}
