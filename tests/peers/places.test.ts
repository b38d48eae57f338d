import { describe, expect, it, vi } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { placeOf, takePlace } from '#lib/probes/channels/places.ts'
import { PROBE_LIMITS } from '#lib/probes/limits.ts'
import type { SingleConfig } from '#lib/probes/single-probe.ts'
import { allow, look, serve } from './servers.ts'

const signal = new AbortController().signal

describe('a place at a host and port', () => {
  it('is one of two for all parts of all composites of a process, and the wait is not the target’s', async () => {
    let open = 0
    let peak = 0
    const { url } = await serve((_request, response) => {
      open += 1
      peak = Math.max(peak, open)
      response.on('close', () => {
        open -= 1
      })
      setTimeout(() => response.end('ok'), 60)
    })
    const host = new URL(url).host
    const part = (name: number) => `part p${name} http ${url}/${name} expect status == 200, time < 500ms`
    const parts = Array.from({ length: 9 }, (_, index) => part(index)).join(' ')
    // All of them need longer than one has: 36 times 60 ms by two.
    const text = `composite need all, timeout 500ms ${parts}`
    const since = performance.now()
    const seen = await Promise.all(Array.from({ length: 4 }, () => look(text, { allowList: allow(host) })))
    expect(seen.map(({ judgement }) => judgement.line)).toEqual(Array(4).fill('9 of 9 parts pass'))
    expect(peak).toBe(PROBE_LIMITS.perPlace)
    expect(performance.now() - since).toBeGreaterThan(1000)
  }, 20_000)

  it('is given to who came first, and not to who gave up', async () => {
    const take = (patienceMs: number, from = signal) =>
      takePlace('a.example:80', { signal: from, patienceMs })
    const first = await take(1000)
    const second = await take(1000)
    const order: string[] = []
    const abort = new AbortController()
    const gone = take(1000, abort.signal)
    const late = take(20)
    const named = async (name: string) => {
      const leave = await take(1000)
      order.push(name)
      return leave
    }
    const third = named('third')
    const fourth = named('fourth')
    abort.abort()
    expect(await gone).toBeNull()
    expect(await late).toBeNull()
    first?.()
    ;(await third)?.()
    ;(await fourth)?.()
    second?.()
    expect(order).toEqual(['third', 'fourth'])
    expect(await Promise.all([take(10), take(10), take(10)])).toEqual([
      expect.any(Function),
      expect.any(Function),
      null,
    ])
  })

  it('that never comes makes an error of the look, and the target is not asked', async () => {
    let asked = 0
    const { url } = await serve((_request, response) => {
      asked += 1
      response.end('ok')
    })
    const { host } = new URL(url)
    const held = await Promise.all([1, 2].map(() => takePlace(host, { signal, patienceMs: 10 })))
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const looking = look(`http ${url}/ expect status == 200`, { allowList: allow(host) })
      await vi.advanceTimersByTimeAsync(PROBE_LIMITS.patienceMs)
      const { judgement, observation } = await looking
      expect(judgement).toMatchObject({ outcome: 'error', verdict: 'inconclusive' })
      expect(judgement.line).toMatch(/^not asked: 2 other looks were at the same host and port for 30 s/)
      expect(observation.error?.kind).toBe('busy')
      expect(asked).toBe(0)
    } finally {
      vi.useRealTimers()
      for (const leave of held) leave?.()
    }
  })

  it.each([
    ['http http://A.example/x expect status == 200', 'a.example:80'],
    ['http https://a.example:8443/ expect status == 200', 'a.example:8443'],
    ['tcp a.example:25 expect open', 'a.example:25'],
    ['dns a.example A expect rcode NOERROR', null],
    ['http $' + '{NOWHERE}/ expect status == 200', null],
  ])('%s', (text, place) => {
    const parsed = parseProbe(text)
    if (!parsed.ok) throw new Error(parsed.problem.message)
    expect(placeOf(parsed.config as SingleConfig, {})).toBe(place)
  })
})
