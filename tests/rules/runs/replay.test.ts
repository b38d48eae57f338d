import { describe, expect, it } from 'vitest'
import { judge } from '#lib/probes/judge.ts'
import { replay } from '#lib/runs/replay.ts'
import { answerWith, probeOf } from '#tests/rules/probes/observations.ts'

const config = probeOf('expect status == 200')
const observation = answerWith({ status: 200 })
const judgement = judge(config, observation)

describe('judging a kept observation again', () => {
  it('gives the same from what was kept, also after it was stored as JSON', () => {
    const stored = JSON.parse(JSON.stringify({ config, observation }))
    expect(replay({ ...stored, judgement })).toEqual({ is: 'same' })
  })
  it('tells when what was kept was changed afterwards', () => {
    const changed = answerWith({ status: 500 })
    expect(replay({ config, observation: changed, judgement })).toMatchObject({ is: 'other' })
    const claimed = { ...judgement, outcome: 'fail', verdict: 'fail' } as const
    expect(replay({ config, observation, judgement: claimed })).toEqual({ is: 'other', line: judgement.line })
  })
  it('knows a verdict again that was worded otherwise, and shows today’s words', () => {
    const older = {
      ...judgement,
      line: 'http 200',
      conditions: judgement.conditions.map((one) => ({ ...one, observed: 'http 200' })),
    }
    expect(replay({ config, observation, judgement: older })).toEqual({ is: 'worded', line: judgement.line })
    const turned = {
      ...older,
      conditions: older.conditions.map((one) => ({ ...one, result: 'false' as const })),
    }
    expect(replay({ config, observation, judgement: turned })).toMatchObject({ is: 'other' })
  })
  it('says so when it cannot be read', () => {
    expect(replay({ config, observation: { v: 9 }, judgement })).toEqual({ is: 'unreadable' })
    expect(replay({ config: null, observation, judgement })).toEqual({ is: 'unreadable' })
  })
})
