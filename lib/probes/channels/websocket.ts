import { setTimeout as sleep } from 'node:timers/promises'
import type WebSocket from 'ws'
import type { WebsocketProbe } from '#lib/probes/kinds/websocket.ts'
import type { WebsocketObservation } from '#lib/probes/observations/websocket.ts'
import { placed } from '#lib/probes/place.ts'
import { excerptOf } from '#lib/probes/redact.ts'
import type { Hop } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { openWebSocket } from '#lib/server/egress/websocket.ts'
import { sentRequest } from './ask.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { nextConnection, observedTls, targetOf } from './phases.ts'

type Details = Pick<WebsocketObservation, 'upgrade' | 'messages' | 'finds' | 'waitedMs' | 'end'> & {
  hop: Hop | null
}
type WebsocketAttempt = Attempt<WebsocketProbe, Details>

const MESSAGES_KEPT = 10
/** Of the attempt's time: what is left afterwards is for saying goodbye, so that silence is a finding and no timeout. */
const WAITING_SHARE = 0.7
const GOODBYE_SHARE = 0.9

export const websocketChannel: Channel<WebsocketProbe, Details, WebsocketObservation> = {
  blank: () => ({ hop: null, upgrade: null, messages: [], finds: [], waitedMs: null, end: null }),
  async look(attempt) {
    const { config, environment, guard, details } = attempt
    const schemes = ['https', 'http', 'wss', 'ws']
    const planned = plannedRequest({
      config: { url: config.url, headers: config.headers, schemes },
      environment,
    })
    if (!planned.ok) throw new ProbeStopped('config', planned.message)
    attempt.secrets = planned.secrets
    const say = config.messages.map((message) => {
      const text = placed(message, environment)
      if (!text.ok) throw new ProbeStopped('config', text.message)
      return text.text
    })
    const { hop } = planned
    hop.url.protocol = hop.url.protocol.replace(/^http/, 'ws')
    details.hop = { ...hop, headers: hop.headers.filter(({ name }) => !/^accept(?:-encoding)?$/.test(name)) }
    const subprotocols = config.conditions.flatMap((check) =>
      check.on === 'subprotocol' ? [check.text] : [],
    )
    const upgraded = await openWebSocket(
      {
        url: hop.url,
        headers: Object.fromEntries(details.hop.headers.map(({ name, value }) => [name, value])),
        subprotocols: [...new Set(subprotocols)],
      },
      guard,
      nextConnection(attempt, targetOf(hop.url)),
    )
    if (!upgraded.open) {
      details.upgrade = { open: false, status: upgraded.status, why: upgraded.why, subprotocol: null }
      return
    }
    const { socket, early, isCut } = upgraded
    details.upgrade = { open: true, status: 101, why: null, subprotocol: socket.protocol || null }
    try {
      await talk(attempt, { socket, early, say })
      if (!isCut()) await goodbye(attempt, socket)
      // Nobody knows what such a message said.
      else details.finds = details.finds.map((find) => (find.found ? find : { ...find, found: null }))
    } finally {
      socket.terminate()
    }
  },
  seen({ details: { hop, ...details }, secrets, trace, startedAt }) {
    return { request: hop && sentRequest(hop, secrets), tls: observedTls(trace, startedAt), ...details }
  },
}

/** Milliseconds until this share of the attempt's time has passed. */
function left({ startedAt, config }: WebsocketAttempt, share: number): number {
  return Math.max(50, startedAt.getTime() + config.timeoutMs * share - Date.now())
}

async function talk(
  attempt: WebsocketAttempt,
  { socket, early, say }: { socket: WebSocket; early: readonly string[]; say: readonly string[] },
): Promise<void> {
  const { config, details, secrets, guard } = attempt
  const texts = config.conditions.flatMap((check) => (check.on === 'receive' ? [check.text] : []))
  details.finds = [...new Set(texts)].map((text) => ({ text, found: false }))
  const { promise: done, resolve } = Promise.withResolvers<void>()
  const hear = (message: string) => {
    if (details.messages.length < MESSAGES_KEPT)
      details.messages.push(excerptOf(message, secrets).slice(0, 500))
    for (const find of details.finds) if (message.includes(find.text)) find.found = true
    if (details.finds.every(({ found }) => found)) resolve()
  }
  socket.on('message', (bytes) => hear(String(bytes)))
  socket.once('close', () => resolve())
  for (const message of early) hear(message)
  for (const message of say) socket.send(message)
  if (details.finds.every(({ found }) => found)) return
  const start = performance.now()
  await waited(done, { ms: left(attempt, WAITING_SHARE), signal: guard.signal })
  details.waitedMs = Math.round(performance.now() - start)
}

async function goodbye(attempt: WebsocketAttempt, socket: WebSocket): Promise<void> {
  const { details, secrets, guard } = attempt
  details.end = { code: null, reason: '' }
  if (socket.readyState === socket.CLOSED) {
    details.end = { code: 1006, reason: 'the server hung up' }
    return
  }
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  socket.once('close', (code, reason) => {
    details.end = { code, reason: excerptOf(reason.toString(), secrets).slice(0, 200) }
    resolve()
  })
  socket.close(1000)
  await waited(closed, { ms: left(attempt, GOODBYE_SHARE), signal: guard.signal })
}

/** Waits for `done`, at most so long; throws the signal's reason when the whole attempt is over. */
async function waited(
  done: Promise<void>,
  { ms, signal }: { ms: number; signal: AbortSignal },
): Promise<void> {
  const patience = new AbortController()
  const time = sleep(ms, undefined, { signal: AbortSignal.any([signal, patience.signal]) }).catch(
    () => undefined,
  )
  await Promise.race([done, time])
  patience.abort()
  signal.throwIfAborted()
}
