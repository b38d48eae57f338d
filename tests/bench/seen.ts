import { randomUUID } from 'node:crypto'
import { Agent, type ClientRequest, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { paths } from '#lib/shared/paths.ts'
import type { Result } from '#lib/shared/result.ts'
import { type Mark, marksOf } from '#tests/support/marks.ts'
import { signInMany } from '#tests/support/sessions.ts'
import { actionId, callAction } from '#tests/support/signed-http.ts'
import type { Ground } from './ground.ts'
import { type Line, line } from './line.ts'
import { quantile, SECONDS } from './rate.ts'

const WATCHERS = 200
const TOGETHER = 10
const PAUSE_MS = 500
const PATIENCE_MS = 10_000
const AIM_MS = 250

type Watch = { sent: ClientRequest; seen: Map<number, number> }

/** One page's event stream; `seen` says when (performance.now) each sequence number had arrived. */
function watch({
  url,
  runId,
  cookie,
  agent,
}: {
  url: string
  runId: string
  cookie: string
  agent: Agent
}): Promise<Watch> {
  return new Promise((resolve, reject) => {
    const seen = new Map<number, number>()
    const sent = get(`${url}${paths.api.live({ runId })}`, { agent, headers: { cookie } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`the live stream answered ${answer.statusCode}`))
      answer.on('error', reject)
      answer.on('close', () => reject(new Error('the live stream ended')))
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (piece: string) => {
        text += piece
        const frames = text.split('\n\n')
        text = frames.pop() ?? ''
        for (const frame of frames) {
          const id = /^id: (\d+)$/m.exec(frame)?.[1]
          if (id !== undefined) seen.set(Number(id), performance.now())
        }
        resolve({ sent, seen })
      })
    })
    sent.on('error', reject)
  })
}

/** When a page had seen an event: with the first frame that stands at it or after it. */
function arrival(seen: ReadonlyMap<number, number>, seq: number): number | null {
  const times = [...seen].filter(([id]) => id >= seq).map(([, at]) => at)
  return times.length === 0 ? null : Math.min(...times)
}

/**
 * Milliseconds from the sending of one person's tick until it stands in the event streams of 200 others, who watch the same
 * run on two replicas: the 95th percentile over all of them, against the aim.
 */
export async function tickSeen(ground: Ground): Promise<Line> {
  const servers = await Promise.all([ground.server(), ground.server('second')])
  const run = ground.runs.at(-1)
  const author = ground.people[0]
  if (!run || !author) throw new Error('there is no run to watch')
  const others = await signInMany(ground.scene.team, WATCHERS)
  const agent = new Agent({ maxSockets: WATCHERS })
  const watches: Watch[] = []
  const arrive = (cookie: string, index: number): Promise<Watch> =>
    watch({ url: servers[index % servers.length]?.url ?? '', runId: run.runId, cookie, agent })
  // In groups, because every arrival is told to all who came before.
  for (let from = 0; from < WATCHERS; from += TOGETHER) {
    const group = others.slice(from, from + TOGETHER)
    watches.push(...(await Promise.all(group.map(({ cookie }, index) => arrive(cookie, from + index)))))
  }
  // Every arrival tells the others who is here; that has to settle before a tick is timed.
  await sleep(3_000)
  // Taking another's mark off needs a reason, so only what is open is pressed.
  const marks = (await marksOf([run])).filter(({ ticked }) => !ticked)
  const press = pressing({ ground, number: run.number, cookie: author.cookie })
  const times: number[] = []
  // As everywhere, what is measured is warm: the first tick of each replica loads what no other has needed yet.
  const warming = servers.length
  for (let round = 0; round < warming + Math.max(6, SECONDS * 2); round += 1) {
    const mark = marks[round % marks.length]
    const url = servers[round % servers.length]?.url ?? ''
    if (!mark) throw new Error('there is nothing to tick')
    const since = performance.now()
    const seq = await press(mark, url)
    await untilAll(watches, seq)
    if (round >= warming)
      for (const { seen } of watches) times.push((arrival(seen, seq) ?? since + PATIENCE_MS) - since)
    for (const { seen } of watches) seen.clear()
    await sleep(PAUSE_MS)
  }
  for (const { sent } of watches) sent.destroy()
  agent.destroy()
  // Left as it was found: the next line's people may not take another's mark off without a reason.
  for (const mark of marks) if (mark.ticked) await press(mark, servers[0].url)
  return line('tick-seen', { ours: quantile(times, 0.95), reference: AIM_MS, unit: 'ms' })
}

/** Ticks or unticks one item of a run as a browser does; gives the sequence number of the event. */
function pressing({
  ground,
  number,
  cookie,
}: {
  ground: Ground
  number: number
  cookie: string
}): (mark: Mark, url: string) => Promise<number> {
  const { team, service } = ground.scene
  return async (mark, url) => {
    const answer = await callAction<Result<{ seq: number }>>({
      url,
      page: paths.run({ team: team.slug, service, number }),
      action: actionId(mark.ticked ? 'untickItemAction' : 'tickItemAction'),
      cookie,
      words: [{ team: team.slug, service, number, key: mark.key, version: mark.version }, randomUUID()],
    })
    if (!answer.ok) throw new Error(answer.refusal.message)
    mark.version += 1
    mark.ticked = !mark.ticked
    return answer.value.seq
  }
}

async function untilAll(watches: readonly Watch[], seq: number): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await sleep(10)) {
    if (watches.every(({ seen }) => arrival(seen, seq) !== null)) return
  }
}
