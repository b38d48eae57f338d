import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import type { ProbeConfig } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import type { RedisObservation } from '#lib/probes/observations/redis.ts'
import { offeredConditions } from '#lib/probes/offer-conditions.ts'
import { ANSWER, answerWith, probeOf } from './observations.ts'

const asked = probeOf('expect status == 200')

function probe(text: string): ProbeConfig {
  const parsed = parseProbe(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.config
}

describe('conditions offered from what was seen', () => {
  it('are the status, a time with room, settings among the headers and simple values of the body', () => {
    const body = '{"status":"ok","checks":{"db":true,"lag":0.25},"list":[1],"odd name":1}'
    const seen = answerWith({
      status: 503,
      headers: { 'x-frame-options': 'DENY', date: 'now', 'content-type': 'application/json' },
      body: { excerpt: body, bytes: body.length },
      total: '61',
    })
    expect(offeredConditions({ config: asked, seen })).toEqual([
      'status == 503',
      'time < 200ms',
      'header x-frame-options == DENY',
      'header content-type == application/json',
      'json status == "ok"',
      'json checks.db == true',
      'json checks.lag == 0.25',
    ])
  })
  it('leave out what is not whole, and are none where nothing was seen', () => {
    const cut = answerWith({ body: { excerpt: '{"a":1}', bytes: 7, cut: 'limit' } })
    expect(offeredConditions({ config: asked, seen: cut }).join()).not.toContain('json')
    expect(offeredConditions({ config: asked, seen: { ...ANSWER, response: null } })).toEqual([])
    const failed = { ...ANSWER, error: { kind: 'refused', message: 'refused' } } as const
    expect(offeredConditions({ config: asked, seen: failed })).toEqual([])
  })
  it('of other kinds are flags that hold and numbers as they were, each met by the same look', () => {
    const config = probe('redis redis://cache.example:6379 expect ping')
    const { at, v, configHash, connection, phases } = ANSWER
    const seen: RedisObservation = {
      ...{ at, v, configHash, connection, phases },
      kind: 'redis',
      error: null,
      address: 'redis://cache.example:6379',
      tls: null,
      commands: ['PING', 'INFO'],
      ping: 'PONG',
      stats: {
        version: '7.0.15',
        role: 'master',
        hits: '9500',
        misses: '500',
        usedMemory: '1024',
        maxMemory: '4096',
        evictedKeys: '0',
        clients: '3',
      },
      sample: null,
    }
    const offers = offeredConditions({ config, seen })
    expect(offers).toContain('ping')
    expect(offers.some((offer) => offer.startsWith('hit-rate >= 95'))).toBe(true)
    for (const offer of offers) {
      const one = probe(`redis redis://cache.example:6379 expect ${offer}`)
      expect(judge(one, seen).outcome, offer).toBe('pass')
    }
  })
})
