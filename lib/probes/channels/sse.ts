import type { Readable } from 'node:stream'
import { eventReader } from '#lib/probes/event-stream.ts'
import type { SseProbe } from '#lib/probes/kinds/sse.ts'
import type { SseObservation } from '#lib/probes/observations/sse.ts'
import { excerptOf } from '#lib/probes/redact.ts'
import type { Hop } from '#lib/probes/redirect.ts'
import { plannedRequest } from '#lib/probes/request.ts'
import { recordedHeaders } from '#lib/probes/response-headers.ts'
import { readStream } from '#lib/server/egress/event-stream.ts'
import { EgressFailure } from '#lib/server/egress/failure.ts'
import { exchange, type HttpAnswer } from '#lib/server/egress/http.ts'
import { headerOf } from '#lib/server/egress/message.ts'
import { sentRequest } from './ask.ts'
import { type Attempt, type Channel, ProbeStopped } from './channel.ts'
import { nextConnection, observedTls, targetOf } from './phases.ts'

type Details = Pick<SseObservation, 'stream'> & { hop: Hop | null; answer: HttpAnswer | null }
type SseAttempt = Attempt<SseProbe, Details>
type Stream = NonNullable<SseObservation['stream']>

const KEPT = 10
const MOST_BYTES = 1_048_576
/** Of the attempt's time: silence until then is a finding and no timeout. */
const LISTENING_SHARE = 0.8

/** One request; listens until what is asked about has come, or most of the time is over. */
export const sseChannel: Channel<SseProbe, Details, SseObservation> = {
  blank: () => ({ hop: null, answer: null, stream: null }),
  async look(attempt) {
    const { config, environment, details, guard } = attempt
    const own = config.headers.some(({ name }) => name === 'accept')
      ? []
      : [{ name: 'accept', value: 'text/event-stream' }]
    const planned = plannedRequest({
      config: { url: config.url, host: config.host, headers: [...config.headers, ...own] },
      environment,
    })
    if (!planned.ok) throw new ProbeStopped('config', planned.message)
    attempt.secrets = planned.secrets
    details.hop = planned.hop
    const { hop } = planned
    details.answer = await exchange(
      {
        ...hop,
        maxBytes: MOST_BYTES,
        skipBody: () => true,
        streamed: async (message) => {
          const type = headerOf(message, 'content-type') ?? ''
          if (message.status !== 200 || !/^text\/event-stream\s*(?:;|$)/i.test(type)) return
          if ((headerOf(message, 'content-encoding') ?? 'identity') !== 'identity')
            throw new EgressFailure({
              kind: 'decode',
              message: 'the event stream comes encoded although nobody asked for it',
            })
          details.stream = await listened(attempt, message.stream)
        },
      },
      guard,
      nextConnection(attempt, targetOf(hop.url)),
    )
  },
  seen({ details: { hop, answer, stream }, secrets, trace, startedAt }) {
    return {
      request: hop && sentRequest(hop, secrets),
      response: answer && {
        status: answer.status,
        httpVersion: answer.httpVersion,
        ...recordedHeaders({ lines: answer.headers, asked: [], secrets }),
      },
      tls: observedTls(trace, startedAt),
      stream,
    }
  },
}

async function listened({ config, secrets, startedAt }: SseAttempt, stream: Readable): Promise<Stream> {
  const finds = config.conditions.flatMap((check): Stream['finds'] =>
    check.on === 'event' || check.on === 'data' ? [{ on: check.on, text: check.text, found: false }] : [],
  )
  const seen: Stream = {
    first: null,
    listened: '0',
    end: 'time',
    count: 0,
    events: [],
    finds: distinct(finds),
  }
  const since = () => Math.max(0, Date.now() - startedAt.getTime()).toString()
  const read = eventReader()
  const end = await readStream({
    stream,
    maxBytes: MOST_BYTES,
    ms: Math.max(50, startedAt.getTime() + config.timeoutMs * LISTENING_SHARE - Date.now()),
    take: (text) => {
      for (const { name, data } of read(text)) {
        seen.count++
        seen.first ??= since()
        for (const find of seen.finds)
          if (find.on === 'event' ? find.text === name : data.includes(find.text)) find.found = true
        if (seen.events.length < KEPT)
          seen.events.push({
            name: excerptOf(name, secrets).slice(0, 100),
            data: excerptOf(data, secrets).slice(0, 500),
          })
      }
      const wantsFirst = config.conditions.some(({ on }) => on === 'first-event')
      return seen.finds.every(({ found }) => found) && (!wantsFirst || seen.first !== null)
    },
  })
  return { ...seen, end, listened: since() }
}

function distinct(finds: Stream['finds']): Stream['finds'] {
  return [...new Map(finds.map((find) => [`${find.on} ${find.text}`, find])).values()]
}
