import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { configHash, windowOf } from '#lib/probes/config.ts'
import { judge } from '#lib/probes/judge.ts'
import { observationSchema, type WindowObservation } from '#lib/probes/observation.ts'
import { windowState } from '#lib/probes/window.ts'
import type { Outcome } from '#lib/shared/codes.ts'
import { ANSWER, answerWith, probeOf } from './observations.ts'

const OF: Record<string, Outcome> = {
  p: 'pass',
  w: 'warn',
  f: 'fail',
  i: 'inconclusive',
  e: 'error',
  b: 'blocked',
}

function state(text: string, looks: string, allowWarn = false) {
  const parsed = parseProbe(`http http://a/ expect status == 200, ${text}`)
  const window = parsed.ok ? windowOf(parsed.config) : undefined
  if (window === undefined) throw new Error(text)
  const outcomes = [...looks].map((letter) => OF[letter] ?? 'error')
  return windowState(window, { outcomes, allowWarn }).outcome
}

describe('a window', () => {
  it.each([
    ['window 3 of 5 every 10s', '', 'more'],
    ['window 3 of 5 every 10s', 'pp', 'more'],
    ['window 3 of 5 every 10s', 'ppp', 'pass'],
    ['window 3 of 5 every 10s', 'ipip', 'more'],
    ['window 3 of 5 every 10s', 'ipipp', 'pass'],
    ['window 3 of 5 every 10s', 'ipi', 'more'],
    ['window 3 of 5 every 10s', 'iii', 'inconclusive'],
    ['window 3 of 5 every 10s', 'iie', 'inconclusive'],
    // One fail is one too many, whatever passed before.
    ['window 3 of 5 every 10s', 'ppf', 'fail'],
    ['window 3 of 5 every 10s failures 1', 'ppf', 'more'],
    ['window 3 of 5 every 10s failures 1', 'ppfp', 'pass'],
    ['window 3 of 5 every 10s failures 1', 'pfpf', 'fail'],
    ['window 3 of 5 every 10s failures 5', 'fff', 'inconclusive'],
    ['window 3 of 5 every 10s inconclusive 0', 'ppi', 'inconclusive'],
    ['window 2 of 2 every 10s', 'pi', 'inconclusive'],
    ['window 2 of 3 every 10s', 'wp', 'more'],
    ['window 2 of 3 every 10s', 'wpw', 'inconclusive'],
    ['window 2 of 3 every 10s', 'b', 'blocked'],
  ])('%s after %j: %s', (text, looks, wanted) => {
    expect(state(text, looks)).toBe(wanted)
  })

  it('takes a warning for a pass where the probe allows it, and stays flagged', () => {
    expect(state('window 2 of 3 every 10s', 'wp', true)).toBe('warn')
    expect(state('window 2 of 3 every 10s', 'pp', true)).toBe('pass')
  })
})

describe('what a window saw', () => {
  const config = probeOf('expect status == 200, window 2 of 3 every 1s')
  const seen = (...statuses: number[]): WindowObservation => {
    const samples = statuses.map((status) => answerWith({ status }))
    const { v, at, connection, phases, error } = ANSWER
    return { v, at, connection, phases, error, configHash: configHash(config), kind: 'window', samples }
  }

  it('is judged as a whole, with the look that decided', () => {
    expect(judge(config, seen(200, 200))).toMatchObject({
      outcome: 'pass',
      verdict: 'pass',
      line: '2 of 2 looks passed · status 200 · 12.5 ms',
    })
    const failed = judge(config, seen(200, 503))
    expect(failed).toMatchObject({
      outcome: 'fail',
      verdict: 'fail',
      line: '1 of 2 looks passed, 1 failed · status 503 · wanted 200',
    })
    expect(failed.conditions.map(({ text, result }) => [text, result])).toEqual([
      ['window 2 of 3', 'false'],
      ['status == 200', 'false'],
    ])
  })

  it('that was given up is an error, whatever its looks before came to', () => {
    const error = { kind: 'lost' as const, message: 'given up' }
    for (const status of [200, 500]) {
      const samples = [answerWith({ status }), { ...answerWith({}), response: null, error }]
      const text = 'expect status == 200, window 2 of 4 every 1s failures 1'
      const judged = judge(probeOf(text), { ...seen(), error, samples })
      expect(judged).toMatchObject({ outcome: 'error', verdict: 'inconclusive' })
      expect(judged.line).toMatch(/^[01] of 2 looks passed, .* · given up$/)
      const earlier = { ...seen(), error, samples: samples.toReversed() }
      expect(judge(probeOf(text), earlier).outcome).toBe('inconclusive')
    }
  })

  it('that ended early is inconclusive, and one look is no window', () => {
    expect(judge(config, seen(200))).toMatchObject({ outcome: 'inconclusive', verdict: 'inconclusive' })
    expect(judge(config, answerWith({})).verdict).toBe('inconclusive')
    expect(judge(probeOf('expect status == 200'), seen(200, 200)).verdict).toBe('inconclusive')
  })

  it('can be stored and read', () => {
    expect(observationSchema.parse(seen(200, 503))).toEqual(seen(200, 503))
    // What was stored before there were windows and other kinds.
    expect(observationSchema.parse(ANSWER)).toEqual(ANSWER)
  })
})
