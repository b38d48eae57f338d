import { describe, expect, it } from 'vitest'
import { decideGate, type GateQuestion } from '#lib/runs/gate.ts'
import { RUN_STATES } from '#lib/shared/codes.ts'
import { itemWith, NOW, row, runWith, signoffWith, slotWith } from './builders.ts'

const ask = (more: Partial<GateQuestion> = {}) =>
  decideGate({
    run: runWith(),
    items: [itemWith([row.tick()])],
    slots: [slotWith()],
    now: NOW,
    askedDigest: null,
    ...more,
  })
const codes = (more: Partial<GateQuestion>) => ask(more).reasons.map(({ code }) => code)

describe('the gate', () => {
  it('says GO when every required prepare item is settled and every slot is signed', () => {
    expect(ask()).toEqual({ go: true, reasons: [] })
    expect(codes({ items: [itemWith([row.notApplicable()])] })).toEqual([])
  })

  it('looks at required prepare items alone', () => {
    expect(
      codes({
        items: [
          itemWith([], { required: false }),
          itemWith([], { stage: 'deploy' }),
          itemWith([], { stage: 'verify' }),
          itemWith([], { kind: 'step' }),
        ],
      }),
    ).toEqual([])
    expect(codes({ items: [itemWith(), itemWith([row.fail()])] })).toEqual(['item_open', 'item_failed'])
  })

  it('asks for the minimum grade, and for evidence that is not too old', () => {
    expect(codes({ items: [itemWith([row.tick()], { minGrade: 'witnessed' })] })).toEqual(['grade_too_low'])
    const observed = [row.seen('pass', { at: NOW - 1_000_000 })]
    expect(codes({ items: [itemWith(observed, { shelfLifeSeconds: 900 })] })).toEqual(['evidence_too_old'])
    expect(codes({ items: [itemWith(observed, { shelfLifeSeconds: 1000 })] })).toEqual([])
  })

  it('is closed without signatures, with stale, recused or no-go ones, and by a signer who lost the role', () => {
    expect(codes({ slots: [] })).toEqual(['no_slots'])
    expect(codes({ slots: [slotWith({ standing: null })] })).toEqual(['slot_waiting'])
    expect(codes({ slots: [slotWith({ standing: signoffWith({ staleReason: 'Bo ticked' }) })] })).toEqual([
      'slot_stale',
    ])
    expect(codes({ slots: [slotWith({ standing: signoffWith({ decision: 'recuse' }) })] })).toEqual([
      'slot_recused',
    ])
    expect(codes({ slots: [slotWith({ standing: signoffWith({ decision: 'no_go' }) })] })).toEqual([
      'slot_no_go',
    ])
    expect(codes({ slots: [slotWith({ standing: signoffWith({ holdsRole: false }) })] })).toEqual([
      'slot_stale',
    ])
    expect(
      codes({
        run: runWith({ state: 'deploying' }),
        slots: [slotWith({ standing: signoffWith({ holdsRole: false }) })],
      }),
    ).toEqual([])
  })

  it('is closed outside the window and for another digest', () => {
    expect(codes({ run: runWith({ windowStart: NOW + 1 }) })).toEqual(['outside_window'])
    expect(codes({ run: runWith({ windowEnd: NOW - 1 }) })).toEqual(['outside_window'])
    expect(codes({ run: runWith({ windowStart: NOW, windowEnd: NOW }) })).toEqual([])
    const release = { version: 'v1', commit: '8f3c2d1', artifactDigest: 'sha256:a' }
    expect(codes({ run: runWith({ release }), askedDigest: 'sha256:a' })).toEqual([])
    expect(codes({ run: runWith({ release }), askedDigest: 'sha256:b' })).toEqual(['digest_differs'])
    expect(codes({ askedDigest: 'sha256:b' })).toEqual(['digest_differs'])
  })

  it('says GO only while preparing or deploying', () => {
    const open = RUN_STATES.filter((state) => ask({ run: runWith({ state }) }).go)
    expect(open).toEqual(['preparing', 'deploying'])
  })
})
