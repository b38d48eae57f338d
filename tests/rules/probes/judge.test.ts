import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judge } from '#lib/probes/judge.ts'
import { observationSchema } from '#lib/probes/observation.ts'
import { FAILURE_KINDS, type FailureKind } from '#lib/probes/observations/base.ts'
import { canonical } from '#lib/shared/canonical.ts'
import { probeConfigs } from './arbitraries.ts'
import { ANSWER, answerWith, probeOf } from './observations.ts'

type Seen = Parameters<typeof answerWith>[0]
const P = 'pass'
const F = 'fail'
const I = 'inconclusive'

/** Judges one condition next to an honest status, and gives the outcome. */
function _outcome(condition: string, seen: Seen): string {
  const status = condition.startsWith('status') ? '' : 'status >= 100, '
  return judge(probeOf(`expect ${status}${condition}`), answerWith(seen)).outcome
}

describe('the outcome of several conditions', () => {
  const seen = answerWith({ status: 200, headers: { server: 'x' } })
  it.each<[string, string, string]>([
    ['expect status == 200, header server == "x"', P, P],
    ['expect status == 200, header server == "y"', F, F],
    ['expect status == 200, json a == 1', I, I],
    ['expect status == 500, json a == 1', F, F],
    ['expect json a == 1, status == 500', F, F],
    ['expect status == 200, warn time < 1ms', 'warn', I],
    ['expect status == 200, warn time < 1ms, allow warn', 'warn', P],
    ['expect status == 200, warn json a == 1, allow warn', 'warn', P],
    ['expect status == 200, warn time < 1s', P, P],
    ['expect status == 500, warn time < 1ms, allow warn', F, F],
    ['expect json a == 1, warn time < 1ms, allow warn', I, I],
  ])('%s: %s, verdict %s', (text, outcomeWanted, verdict) => {
    expect(judge(probeOf(text), seen)).toMatchObject({ outcome: outcomeWanted, verdict })
  })
})

describe('an attempt without a whole answer', () => {
  const wanted: Record<FailureKind, [string, string]> = {
    config: ['error', I],
    dns: ['error', I],
    blocked: ['blocked', I],
    refused: [F, F],
    unreachable: ['error', I],
    timeout: [F, F],
    slow: [F, F],
    closed: [F, F],
    certificate: [F, F],
    tls: ['error', I],
    protocol: ['error', I],
    headers_too_large: ['error', I],
    decode: [F, F],
    redirects: [F, F],
    access: ['error', I],
    query: ['error', I],
    busy: ['error', I],
    lost: ['error', I],
    cancelled: ['skipped', I],
  }
  it.each(FAILURE_KINDS)('%s', (kind) => {
    const judged = judge(probeOf('expect status == 200, allow warn'), {
      ...ANSWER,
      error: { kind, message: 'why' },
    })
    expect([judged.outcome, judged.verdict]).toEqual(wanted[kind])
    expect(judged).toMatchObject({ line: 'why', conditions: [] })
  })

  it('is unknown when there is neither error nor response', () => {
    const judged = judge(probeOf('expect status != 500, header x absent'), {
      ...ANSWER,
      response: null,
      body: null,
    })
    expect(judged).toMatchObject({ outcome: I, line: 'no response · wanted a response · 1 more' })
  })
})

describe('the evidence line', () => {
  it.each<[string, Seen, string]>([
    [
      'expect header strict-transport-security max-age >= 31536000',
      { headers: { 'strict-transport-security': 'max-age=300' } },
      'max-age=300 · wanted ≥ 31536000',
    ],
    ['expect status == 200', { status: 503 }, 'status 503 · wanted 200'],
    ['expect status == 200', {}, 'status 200 · 12.5 ms'],
    ['expect status == 200, time < 500ms', {}, 'status 200 · 12.5 ms'],
    ['expect status in (200, 204)', { status: 201 }, 'status 201 · wanted one of 200, 204'],
    ['expect json a == 1, status == 200', { status: 500 }, 'status 500 · wanted 200 · 1 more'],
    ['expect status == 200, warn time <= 1ms', {}, 'warning: 12.5 ms · wanted ≤ 1 ms'],
    ['expect header x-frame-options == DENY', {}, 'x-frame-options absent · wanted DENY'],
    ['expect header a != b', { headers: { a: 'B' } }, 'a: B · wanted ≠ b'],
    ['expect header a absent', { headers: { a: 'B' } }, 'a: B · wanted absent'],
    [
      'expect body contains ok',
      { body: { finds: [{ text: 'ok', found: false }] } },
      'body without "ok" · wanted contains "ok"',
    ],
    ['expect body lacks ok', { body: { finds: [], cut: 'limit' } }, 'not looked for · wanted lacks "ok"'],
    [
      'expect json a as % < 0.001 ratio',
      { body: { picks: [{ path: 'a', type: 'number', value: '0.5' }] } },
      'a=0.5% · wanted < 0.001ratio',
    ],
    [
      'expect json a == 1',
      { body: { picks: [{ path: 'a', type: 'not_json', value: null }] } },
      'a: the body is not JSON · wanted 1',
    ],
  ])('%s of %j', (text, seen, line) => {
    expect(judge(probeOf(text), answerWith(seen)).line).toBe(line)
  })
})

describe('any configuration', () => {
  it('never passes without an answer, and judges the same twice', () => {
    fc.assert(
      fc.property(probeConfigs, (config) => {
        const empty = { ...ANSWER, response: null, body: null, phases: { ...ANSWER.phases, total: null } }
        expect(judge(config, empty).verdict).not.toBe('pass')
        const stored: unknown = JSON.parse(canonical(ANSWER))
        expect(judge(config, observationSchema.parse(stored))).toEqual(judge(config, ANSWER))
      }),
    )
  })
})
