import http, { type RequestListener, type Server } from 'node:http'
import net from 'node:net'
import { afterEach } from 'vitest'
import { startSampleTarget } from '#lib/cli/sample-target.mjs'
import { parseProbe } from '#lib/probes/annotation.ts'
import { observe } from '#lib/probes/channels/observe.ts'
import type { METHODS } from '#lib/probes/http-probe.ts'
import { judge } from '#lib/probes/judge.ts'
import { observationSchema } from '#lib/probes/observation.ts'
import { isPulledConfig } from '#lib/probes/pushed.ts'
import type { Resolve } from '#lib/server/egress/resolve.ts'
import { type AllowEntry, parseAllowEntry } from '#lib/shared/allow-entry.ts'
import { canonical } from '#lib/shared/canonical.ts'

// The guard reads where our own database is; these tests have none, so a port that no test uses stands in.
process.env.DATABASE_URL ??= 'postgresql://nobody@127.0.0.1:1/none'

export type Listening = { port: number; url: string; close: () => Promise<void> }

async function listen(server: Server | net.Server, host = '127.0.0.1'): Promise<Listening> {
  const open = new Set<net.Socket>()
  server.on('connection', (socket: net.Socket) => {
    open.add(socket)
    socket.on('error', () => undefined).once('close', () => open.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, host, () => resolve())
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('not listening')
  const name = host.includes(':') ? `[${host}]` : host
  return {
    port: address.port,
    url: `http://${name}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** An HTTP server on a free port of 127.0.0.1. */
export function httpServer(listener: RequestListener, host?: string): Promise<Listening> {
  return listen(http.createServer(listener), host)
}

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()))
})

/** An HTTP server for one test, closed after it. */
export async function serve(listener: RequestListener): Promise<Listening> {
  const server = await httpServer(listener)
  closing.push(server.close)
  return server
}

/** A raw server for one test, closed after it. */
export async function raw(onSocket: (socket: net.Socket) => void, host?: string): Promise<Listening> {
  const server = await rawServer(onSocket, host)
  closing.push(server.close)
  return server
}

/** The sample target for one test, closed after it. */
export async function sample() {
  const target = await startSampleTarget()
  closing.push(() => target.close())
  return target
}

/** A server that does what it likes with each connection. */
function rawServer(onSocket: (socket: net.Socket) => void, host?: string): Promise<Listening> {
  return listen(net.createServer(onSocket), host)
}

export function allow(...texts: string[]): AllowEntry[] {
  return texts.map((text) => {
    const parsed = parseAllowEntry(text)
    if (!parsed.ok) throw new Error(parsed.refusal.message)
    return parsed.value
  })
}

type Looking = {
  allowList?: AllowEntry[]
  signal?: AbortSignal
  resolve?: Resolve
  variables?: Record<string, string>
  /** Sealed variables, opened. */
  secrets?: Record<string, string>
  /** In place of none; null: the probe's own. */
  retries?: number | null
}

/** Observes and judges a probe of any kind; what may be reached is told by `allowList`. */
export async function look(
  text: string,
  {
    allowList = [],
    signal = new AbortController().signal,
    resolve,
    variables = {},
    secrets = {},
    // What one try sees; the retries have tests of their own.
    retries = 0,
  }: Looking = {},
) {
  const parsed = parseProbe(text)
  if (!parsed.ok) throw new Error(`${parsed.problem.message} at ${parsed.problem.offset} of ${text}`)
  const { config } = parsed
  if (!isPulledConfig(config)) throw new Error(`${config.kind} is pushed, not looked at`)
  const observation = await observe({
    config,
    variables,
    secrets: { values: secrets, closed: [] },
    environmentName: 'production',
    allowList,
    signal,
    ...(retries === null ? {} : { retries }),
    ...(resolve === undefined ? {} : { resolve }),
  })
  // What is stored is judged again by others: from its canonical text it must be judged the same.
  const judgement = judge(config, observation)
  const stored = observationSchema.parse(JSON.parse(canonical(observation)))
  if (canonical(judge(config, stored)) !== canonical(judgement))
    throw new Error('judged otherwise when stored')
  return { observation, judgement }
}

/** Observes and judges `http URL rest`; allows exactly the address's own host and port unless told otherwise. */
export async function probe(
  url: string,
  rest: string,
  { method = 'GET', allowList, ...more }: Looking & { method?: (typeof METHODS)[number] } = {},
) {
  const seen = await look(`http ${method} ${url} ${rest}`, {
    allowList: allowList ?? allow(new URL(url).host),
    ...more,
  })
  const { observation } = seen
  if (observation.kind !== 'http') throw new Error(observation.kind)
  return { ...seen, observation }
}
