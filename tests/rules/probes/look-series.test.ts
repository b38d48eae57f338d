import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { judge } from '#lib/probes/judge.ts'
import { lookSeries } from '#lib/probes/look-series.ts'
import { answerWith, probeOf } from './observations.ts'

function looks(text: string, totals: readonly (string | null)[], status = 200) {
  return totals.map((total) => {
    const seen = answerWith({ total, status })
    const judgement = judge(probeOf(text), seen)
    return { verdict: judgement.verdict, judgement, seen }
  })
}

describe('what a chart of looks shows', () => {
  it('the condition that compares a measured number, in one unit, with what it asks for', () => {
    const { title, threshold, points } = lookSeries(
      looks('expect status == 200, time < 2s', ['12.5', '2500']),
    )
    expect({ title, threshold }).toEqual({ title: 'time < 2s', threshold: 2000 })
    expect(points.map(({ value, verdict, text }) => [value, verdict, text])).toEqual([
      [12.5, 'pass', '12.5 ms'],
      [2500, 'fail', '2500 ms'],
    ])
  })
  it('the same of the part of a composite, named with it; no status', () => {
    const part = 'part "a b" http http://a.example/ expect status == 200, time < 2s'
    const parsed = parseProbe(`composite need any ${part} part c http http://a.example/ expect status == 200`)
    if (!parsed.ok) throw new Error(parsed.problem.message)
    const [seen, other] = [answerWith({ total: '30' }), answerWith({})]
    const { v, at, configHash, phases } = seen
    const whole = { v, at, configHash, phases, connection: null, error: null, kind: 'composite' as const }
    const observation = {
      ...whole,
      parts: [
        { name: 'a b', look: seen },
        { name: 'c', look: other },
      ],
    }
    const judgement = judge(parsed.config, observation)
    const { title, points } = lookSeries([{ verdict: judgement.verdict, judgement, seen: observation }])
    expect(title).toBe('"a b" time < 2s')
    expect(points.map(({ value }) => value)).toEqual([30])
  })
  it('how long each look took, where nothing is measured', () => {
    const { title, threshold, points } = lookSeries(looks('expect status == 200', ['12.5', '7']))
    expect({ title, threshold }).toEqual({ title: 'Time of each look', threshold: null })
    expect(points.map(({ value }) => value)).toEqual([12.5, 7])
  })
  it('no value where none was known, and none under another wording', () => {
    const [early] = looks('expect time < 2s', ['12.5'])
    const [late] = looks('expect time < 3s', ['30'])
    const [unknown] = looks('expect time < 3s', [null])
    if (!early || !late || !unknown) throw new Error('three looks were made')
    const { title, points } = lookSeries([early, unknown, late])
    expect(title).toBe('time < 3s')
    expect(points.map(({ value }) => value)).toEqual([null, null, 30])
  })
  it('marks alone where no look has a number, as of what is pushed', () => {
    const { title, threshold, points } = lookSeries(looks('expect status == 200', [null, null]))
    expect({ title, threshold }).toEqual({ title: null, threshold: null })
    expect(points.map(({ value, verdict }) => [value, verdict])).toEqual([
      [null, 'pass'],
      [null, 'pass'],
    ])
  })
  it('nothing of nothing', () => {
    expect(lookSeries([]).points).toEqual([])
  })
})
