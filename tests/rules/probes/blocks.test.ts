import { describe, expect, it } from 'vitest'
import { blocksOf } from '#lib/probes/blocks.ts'
import { type Observation, observationSchema } from '#lib/probes/observation.ts'
import type { CompositeObservation } from '#lib/probes/observations/composite.ts'
import type { HttpObservation } from '#lib/probes/observations/http.ts'
import { ANSWER } from './observations.ts'

const block = (host: string, port = 80) => ({ host, port, why: `${host} is not allowed` })
const stopped: HttpObservation = {
  ...ANSWER,
  response: null,
  body: null,
  error: { kind: 'blocked', message: 'a.example is not allowed' },
}
const whole = (...looks: HttpObservation[]): CompositeObservation => {
  const { v, at, configHash, phases } = ANSWER
  const parts = looks.map((look, index) => ({ name: `p${index}`, look }))
  return { v, kind: 'composite', at, configHash, phases, connection: null, error: null, parts }
}
const windowed = (...samples: CompositeObservation[]): Observation => {
  const { v, at, configHash, phases } = ANSWER
  return { v, kind: 'window', at, configHash, phases, connection: null, error: null, samples }
}

describe('the blocks of an observation', () => {
  it('are those that it keeps, whatever it came to', () => {
    expect(blocksOf(ANSWER)).toEqual([])
    expect(blocksOf({ ...ANSWER, blocked: [block('b.example'), block('::1', 8080)] })).toEqual([
      { target: 'b.example:80', why: 'b.example is not allowed' },
      { target: '[::1]:8080', why: '::1 is not allowed' },
    ])
    expect(blocksOf({ ...stopped, blocked: [block('a.example')] })).toHaveLength(1)
  })

  it('are found in every part and in every look', () => {
    const hidden = { ...ANSWER, blocked: [block('b.example')] }
    const seen = windowed(whole(ANSWER, hidden), whole(stopped, hidden), whole(ANSWER, ANSWER))
    expect(blocksOf(seen).map(({ target }) => target)).toEqual([
      'b.example:80',
      'a.example:80',
      'b.example:80',
    ])
    expect(observationSchema.parse(seen)).toEqual(seen)
  })

  it('of an older observation are what ended it', () => {
    expect(observationSchema.parse(stopped)).not.toHaveProperty('blocked')
    expect(blocksOf(stopped)).toEqual([{ target: 'a.example:80', why: 'a.example is not allowed' }])
    expect(blocksOf({ ...stopped, connection: null })).toEqual([
      { target: 'unknown', why: 'a.example is not allowed' },
    ])
  })
})
