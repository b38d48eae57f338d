import { describe, expect, it } from 'vitest'
import { decideGate } from '#lib/runs/gate.ts'
import { saidProbing, staleProbes } from '#lib/runs/stale-probes.ts'
import { itemWith, NOW, row, runWith, slotWith } from './builders.ts'

const aged = (key: string, more: Parameters<typeof itemWith>[1] = {}) =>
  itemWith([row.seen('pass', { at: NOW - 1_000_000 })], {
    key,
    probeHash: 'c',
    shelfLifeSeconds: 900,
    ...more,
  })

function asked(items: ReturnType<typeof aged>[]) {
  const { reasons } = decideGate({ run: runWith(), items, slots: [slotWith()], now: NOW, askedDigest: null })
  return { items, reasons, now: NOW }
}

describe('what the gate has probed again', () => {
  it('is what is too old and has a probe', () => {
    const person = itemWith([row.tick({ at: NOW - 1_000_000 })], { key: 'person', shelfLifeSeconds: 900 })
    const fresh = itemWith([row.seen('pass')], { key: 'fresh', probeHash: 'c', shelfLifeSeconds: 900 })
    const failed = itemWith([row.seen('fail', { at: NOW - 1_000_000 })], { key: 'failed', probeHash: 'c' })
    expect(staleProbes(asked([aged('old'), person, fresh, failed]))).toEqual(['old'])
  })

  it('is not what was looked at a moment ago without a verdict', () => {
    const lately = itemWith(
      [row.seen('pass', { at: NOW - 1_000_000 }), row.seen('inconclusive', { at: NOW - 5_000 })],
      { key: 'lately', probeHash: 'c', shelfLifeSeconds: 900 },
    )
    expect(staleProbes(asked([lately]))).toEqual([])
    expect(staleProbes({ ...asked([lately]), now: NOW + 60_000 })).toEqual(['lately'])
  })

  it('stays a reason, in other words', () => {
    const { reasons } = asked([aged('one'), aged('two')])
    const said = saidProbing({ reasons, probing: ['two'] })
    expect(said.map(({ code }) => code)).toEqual(['evidence_too_old', 'evidence_too_old'])
    expect(said[0]?.text).toMatch(/probe or tick it again$/)
    expect(said[1]?.text).toMatch(/the evidence is too old, it is being probed again$/)
  })
})
