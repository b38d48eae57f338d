import { describe, expect, it } from 'vitest'
import { eventReader } from '#lib/probes/event-stream.ts'
import { allow, look, raw, sample, serve } from './servers.ts'

const at = (url: string, rest: string) =>
  look(`sse ${url}/events ${rest}`, { allowList: allow(new URL(url).host) })

describe('a probe of server-sent events', () => {
  const stream = (
    write: (send: (text: string) => void, end: () => void) => void,
    type = 'text/event-stream; charset=utf-8',
  ) =>
    serve((_request, response) => {
      response.writeHead(200, { 'content-type': type })
      response.flushHeaders()
      write(
        (text) => void response.write(text),
        () => void response.end(),
      )
    })

  it('sees the sample target’s stream, and its silence', async () => {
    const target = await sample()
    const rest = 'expect open, first-event < 2s, event hello, data ok, timeout 1s'
    const { judgement, observation } = await at(target.url, rest)
    expect(judgement.outcome).toBe('pass')
    expect(observation).toMatchObject({ stream: { count: 1, end: 'enough', events: [{ name: 'hello' }] } })
    target.broken.add('events')
    expect((await at(target.url, 'expect event hello, timeout 500ms')).judgement).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('event "hello" did not come in'),
    })
    expect((await at(target.url, 'expect open, timeout 500ms')).judgement.outcome).toBe('pass')
  })

  it.each<[string, string, string]>([
    ['expect first-event < 100ms, timeout 500ms', 'fail', 'no event in'],
    ['expect first-event < 10s, timeout 500ms', 'inconclusive', 'no event in'],
    ['expect first-event > 1ms, timeout 500ms', 'inconclusive', 'no event in'],
    ['expect open, warn event x, timeout 500ms', 'warn', 'event "x" did not come'],
  ])('of silence, %s: %s', async (rest, outcome, line) => {
    const { url } = await stream((send) => send(': still here\n\nevent: empty\n\n'))
    const { judgement } = await at(url, rest)
    expect(judgement.line).toContain(line)
    expect(judgement.outcome).toBe(outcome)
  })

  it('is not satisfied with another type or status, and listens no longer than the server speaks', async () => {
    const page = await stream((send) => send('data: x\n\n'), 'text/html')
    expect((await at(page.url, 'expect data x')).judgement).toMatchObject({
      outcome: 'fail',
      line: expect.stringContaining('status 200, text/html'),
    })
    const ending = await stream((send, end) => {
      send('data: one\n\ndata: half')
      end()
    })
    const { judgement, observation } = await at(ending.url, 'expect data half')
    expect(judgement.outcome).toBe('fail')
    expect(observation).toMatchObject({ stream: { end: 'closed', count: 1 } })
  })

  it('cannot tell what comes behind a flood', async () => {
    const { url } = await stream((send) => send(`data: ${'x'.repeat(100_000)}\n\n`.repeat(12)))
    expect((await at(url, 'expect event rare')).judgement.outcome).toBe('inconclusive')
  })

  it('says what its environment lacks, cannot tell from what is not HTTP, and fails where nobody listens', async () => {
    expect((await look('sse $' + '{BASE_URL}/events expect open')).judgement.outcome).toBe('error')
    const other = await raw((socket) => socket.end('SSH-2.0-x\r\n'))
    expect((await at(other.url, 'expect open')).judgement.outcome).toBe('error')
    await other.close()
    expect((await at(other.url, 'expect open, retries 0')).judgement.outcome).toBe('fail')
  })
})

describe('reading an event stream', () => {
  const whole = '\ufeffevent: a\r\ndata: 1\r\ndata:2\r\r: note\nid: 7\ndata\n\nevent: none\n\ndata: last'
  const events = [
    { name: 'a', data: '1\n2' },
    { name: 'message', data: '' },
  ]
  it('gives the same events however it is cut', () => {
    for (let size = 1; size <= whole.length; size++) {
      const read = eventReader()
      const pieces = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
        whole.slice(index * size, (index + 1) * size),
      )
      expect(pieces.flatMap(read), `pieces of ${size}`).toEqual(events)
    }
  })
})
