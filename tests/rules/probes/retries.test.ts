import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { configHash } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import { observationSchema } from '#lib/probes/observation.ts'
import { FAILURE_KINDS, type Try } from '#lib/probes/observations/base.ts'
import { isNetworkError, isSending, retriesOf, waitBeforeRetryMs } from '#lib/probes/retries.ts'
import { shown } from '#lib/probes/shown.ts'
import { ANSWER, answerWith, probeOf } from './observations.ts'

const WINDOW = 'window 2 of 3 every 10s'
const tried: Try = {
  at: '2026-03-02T10:00:00.000Z',
  used: '192.0.2.1',
  total: '3.5',
  error: { kind: 'refused', message: 'connection refused' },
}

describe('how often', () => {
  it.each([
    ['expect status == 200', 1],
    ['expect status == 200, retries 0', 0],
    ['expect status == 200, retries 3', 3],
    [`expect status == 200, ${WINDOW}`, 0],
    [`expect status == 200, ${WINDOW}, retries 1`, 1],
  ])('%s: %i more', (text, retries) => {
    expect(retriesOf(probeOf(text))).toBe(retries)
  })

  it('waits longer each time', () => {
    expect([1, 2, 3].map(waitBeforeRetryMs)).toEqual([1000, 2000, 4000])
  })

  it('is no part of the configuration where it is what is usual, in whatever order it is written', () => {
    const hash = (text: string) => configHash(probeOf(text))
    expect(hash('expect status == 200, retries 1')).toBe(hash('expect status == 200'))
    expect(hash(`expect status == 200, retries 0, ${WINDOW}`)).toBe(hash(`expect status == 200, ${WINDOW}`))
    expect(hash('expect status == 200, retries 0')).not.toBe(hash('expect status == 200'))
    expect(parseProbe('http http://a/ expect status == 200, retries 4')).toMatchObject({ ok: false })
  })
})

describe('after what', () => {
  const RETRIED = { before: ['dns', 'refused', 'unreachable', 'timeout', 'closed'], after: ['closed'] }
  it.each(FAILURE_KINDS)('%s', (kind) => {
    expect(isNetworkError({ kind, connected: false })).toBe(RETRIED.before.includes(kind))
    expect(isNetworkError({ kind, connected: true })).toBe(RETRIED.after.includes(kind))
  })

  it('never sends twice what may change something', () => {
    expect(isSending(probeOf('expect status == 200'))).toBe(false)
    expect(isSending({ kind: 'http', method: 'POST' })).toBe(true)
    expect(isSending({ kind: 'steps' })).toBe(true)
  })
})

describe('what is said of it', () => {
  const config = probeOf('expect status == 200')
  const refused = { ...ANSWER, response: null, body: null, error: tried.error }

  it('names the attempt that passed, and how often the same was seen', () => {
    expect(judge(config, { ...answerWith({ status: 200 }), tries: [tried] })).toMatchObject({
      verdict: 'pass',
      line: 'status 200 · 12.5 ms · passed on attempt 2',
    })
    expect(judge(config, { ...answerWith({ status: 503 }), tries: [tried, tried] })).toMatchObject({
      verdict: 'fail',
      line: 'status 503 · wanted 200 · on attempt 3',
    })
    expect(judge(config, { ...refused, tries: [tried] })).toMatchObject({
      verdict: 'fail',
      line: 'connection refused · 2 attempts',
    })
    expect(judge(config, refused).line).toBe('connection refused')
  })

  it('is kept, and shown one by one', () => {
    const seen = { ...answerWith({ status: 200 }), tries: [tried] }
    expect(observationSchema.parse(seen)).toEqual(seen)
    expect(observationSchema.safeParse({ ...seen, tries: [] }).success).toBe(false)
    expect(shown(seen).facts[0]).toEqual({
      term: 'Attempt 1',
      text: '2026-03-02 10:00:00 UTC, connection refused at 192.0.2.1 after 3.5 ms; tried again',
    })
  })
})
