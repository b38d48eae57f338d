import { createServer } from 'node:net'
import { db } from '#lib/server/db.ts'

/** Where sample targets stand on 127.0.0.1; a sample team's settings cannot make a worker listen anywhere else. */
const PORTS = { first: 4100, last: 4199 } as const

/** The ports of this machine that environments of sample teams look at. */
export async function samplePorts(): Promise<number[]> {
  const rows = await db().$queryRaw<{ port: number }[]>`
    SELECT DISTINCT substring(e.variables ->> 'BASE_URL' FROM '^http://127\\.0\\.0\\.1:(\\d{4})$')::int AS port
    FROM environment e JOIN team t ON t.id = e.team_id WHERE t.sample AND e.variables ->> 'BASE_URL' ~ '^http://127\\.0\\.0\\.1:\\d{4}$'`
  return rows.map(({ port }) => port).filter((port) => port >= PORTS.first && port <= PORTS.last)
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const server = createServer()
  server.once('error', () => resolve(false))
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  return promise
}

/** Where the next sample team's target stands: beside the ones of before, else on the first free port. */
export async function chooseSamplePort(): Promise<number> {
  const [known] = await samplePorts()
  if (known !== undefined) return known
  for (let port: number = PORTS.first; port <= PORTS.last; port += 1) if (await isFree(port)) return port
  throw new Error(`No port from ${PORTS.first} to ${PORTS.last} is free for the sample target.`)
}
