import http from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { isMember } from '#lib/access/actor.ts'
import { mintActor } from '#lib/auth/mint.ts'
import { openRun } from '#lib/runs/commands/open-run.ts'
import { startProbes } from '#lib/runs/commands/start-probes.ts'
import { getBoard } from '#lib/runs/read/board.ts'
import { type ProbeWorker, startProbeWorker } from '#lib/runs/worker/probe-worker.ts'
import { db } from '#lib/server/db.ts'
import { changeEnvironment } from '#lib/services/commands/change-environment.ts'
import { publishTemplate } from '#lib/templates/commands.ts'
import { makeScene } from '#tests/commands/runs/fixture.ts'
import { act, done } from '#tests/commands/teams/people.ts'
import { type Line, line } from './line.ts'

const PROBES = 1_000
/** So many hosts, as a worker asks one host no faster than it bears. */
const HOSTS = 50
/** Of one start: what a team may have at once. */
const AT_ONCE = 200
const AIM_MS = 1_000
const PATIENCE_MS = 300_000

/**
 * A board of 1,000 probes that all report: milliseconds from the last result in the database until the whole board, read anew and
 * serialised as a page gets it, shows all of them; and probes a second through queue, worker, judge, evidence and log.
 */
export async function probesBoard(): Promise<Line[]> {
  const servers = await Promise.all(Array.from({ length: HOSTS }, listening))
  let worker: ProbeWorker | undefined
  try {
    const { actor, address, person, runId } = await opened(servers.map(({ port }) => port))
    const rows = await db().runItem.findMany({ where: { runId }, select: { key: true, probeHash: true } })
    const keys = rows.flatMap(({ key, probeHash }) => (probeHash === null ? [] : [key]))
    const stored = () => db().observation.count({ where: { runId } })
    const since = performance.now()
    worker = startProbeWorker()
    for (let from = 0; from < keys.length; from += AT_ONCE) {
      await done(act(startProbes, person, { ...address, keys: keys.slice(from, from + AT_ONCE) }))
      await until(async () => (await stored()) >= Math.min(from + AT_ONCE, keys.length))
    }
    const seconds = (performance.now() - since) / 1000
    const times: number[] = []
    for (let turn = 0; turn < 9; turn++) {
      const start = performance.now()
      const board = await getBoard(actor, address)
      const text = JSON.stringify(board)
      times.push(performance.now() - start)
      const shown = board?.items.filter(({ state }) => state === 'passed').length ?? 0
      if (text.length < shown) throw new Error('nothing was serialised')
      if (shown < PROBES) throw new Error(`the board shows ${shown} of ${PROBES} results`)
    }
    // The first read is the one that counts: nobody has warmed it.
    return [
      line('probes-board', { ours: times[0] ?? AIM_MS, reference: AIM_MS, unit: 'ms' }),
      // Stated without a reference: it is the worker's manners (8 at once, 2 at one target) as much as its speed.
      line('probes-stored', { ours: PROBES / seconds, reference: 1, unit: 'probes/s' }),
    ]
  } finally {
    await worker?.stop()
    for (const { server } of servers) server.close()
  }
}

async function opened(ports: readonly number[]) {
  const scene = await makeScene()
  const { team, service, ana } = scene
  const environment = await db().environment.findFirstOrThrow({ where: { teamId: team.teamId } })
  await done(
    act(changeEnvironment, team.owner.principal, {
      team: team.slug,
      service,
      environment: environment.slug,
      variables: ports.map((port, index) => `T${index}=http://127.0.0.1:${port}`).join('\n'),
      allowList: ports.map((port) => `127.0.0.1:${port}`).join('\n'),
      version: environment.version,
    }),
  )
  const items = Array.from(
    { length: PROBES },
    (_, index) =>
      `- [ ] Check ${index} <!-- probe: http $\{T${index % HOSTS}}/${index} expect status == 200 -->`,
  )
  const source = `# A thousand\n\n${items.join('\n')}\n\n## Sign-off\n\n| Role | Name |\n| --- | --- |\n| Developer | |\n`
  const published = await done(
    act(publishTemplate, team.owner.principal, { team: team.slug, name: 'Thousand', source }),
  )
  const run = await done(
    act(openRun, ana.principal, {
      ...{ team: team.slug, service, environment: environment.slug, template: published.slug },
      ...{ version: 'v1.0.0', commit: '8f3c2d1' },
    }),
  )
  const actor = await mintActor({ principal: ana.principal, team: team.slug })
  if (typeof actor === 'string' || !isMember(actor)) throw new Error('nobody to read the board')
  return {
    runId: run.runId,
    actor,
    person: ana.principal,
    address: { team: team.slug, service: run.service, number: run.number },
  }
}

async function listening(): Promise<{ port: number; server: http.Server }> {
  const server = http.createServer((_request, response) => response.end('ok'))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  const address = server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0, server }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(20))
    if (await isSo()) return
  throw new Error('the probes did not all report')
}
