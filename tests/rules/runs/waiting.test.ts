import { describe, expect, it } from 'vitest'
import { countWaiting, type WaitingRunRow, type WaitingSlotRow, waitingFor } from '#lib/runs/waiting.ts'

const slot = (more: Partial<WaitingSlotRow> = {}): WaitingSlotRow => ({
  role: 'Developer',
  unsettled: 0,
  memberId: null,
  memberName: null,
  decision: null,
  staleReason: null,
  holdsRole: false,
  holders: 1,
  ...more,
})

const run = (more: Partial<WaitingRunRow> = {}): WaitingRunRow => ({
  service: 'web',
  number: 1,
  environment: 'production',
  version: 'v1',
  state: 'preparing',
  openedByMe: false,
  authorId: null,
  windowStart: null,
  windowEnd: null,
  items: [],
  slots: [slot()],
  ...more,
})

const item = {
  key: 'a',
  text: 'Backup',
  kind: 'item',
  stage: 'prepare',
  state: 'open',
  ownerRole: 'DevOps',
} as const
const signed = { memberId: 'b', memberName: 'Bo', decision: 'go', holdsRole: true } as const
const ask = (row: WaitingRunRow, roles: string[] = [], now = 1_000) =>
  waitingFor({ rows: [row], viewer: { memberId: 'me', roles }, now })

describe('what waits for me', () => {
  it('lists a slot of my role, and says what it still waits for', () => {
    expect(ask(run(), ['Developer']).slots).toMatchObject([
      { role: 'Developer', slug: 'developer', ready: true },
    ])
    const unready = ask(run({ slots: [slot({ unsettled: 2 })] }), ['Developer'])
    expect(unready.slots[0]).toMatchObject({
      ready: false,
      reason: 'Not signed yet, opens when 2 items are settled',
    })
    expect(countWaiting(unready)).toBe(0)
  })

  it('leaves out slots that stand, that are not mine, and those beside one that I signed', () => {
    expect(ask(run({ slots: [slot(signed)] }), ['Developer']).slots).toEqual([])
    expect(ask(run(), ['DevOps']).slots).toEqual([])
    const two = [slot({ ...signed, memberId: 'me' }), slot({ role: 'Reviewer' })]
    expect(ask(run({ slots: two }), ['Developer', 'Reviewer']).slots).toEqual([])
  })

  it('asks to look again when my signature is stale', () => {
    const stale = slot({ ...signed, memberId: 'me', staleReason: 'Bo failed “Backup”' })
    expect(ask(run({ slots: [stale] }), ['Developer']).slots[0]?.reason).toBe(
      'Look again: Bo failed “Backup”',
    )
  })

  it('lists items of my roles whose stage is open', () => {
    expect(ask(run({ items: [item] }), ['DevOps']).items).toMatchObject([{ key: 'a', failed: false }])
    expect(ask(run({ items: [{ ...item, stage: 'verify' }] }), ['DevOps']).items).toEqual([])
    expect(ask(run({ items: [{ ...item, ownerRole: null }] }), ['DevOps']).items).toEqual([])
  })

  it('tells who opened a run why it does not move', () => {
    const stuck = (more: Partial<WaitingRunRow>) =>
      ask(run({ openedByMe: true, ...more })).stuck.map(({ reason }) => reason)
    expect(stuck({ items: [{ ...item, state: 'failed' }] })).toEqual(['1 item fails'])
    expect(stuck({ slots: [slot({ ...signed, decision: 'no_go' })] })).toEqual([
      'Bo signed no-go as Developer',
    ])
    expect(stuck({ slots: [slot({ holders: 0 })] })).toEqual(['Nobody holds the role Developer'])
    expect(stuck({ windowEnd: 999 })).toEqual(['The window has closed'])
    expect(stuck({ slots: [slot(signed)] })).toEqual(['All is settled and signed: start the deployment'])
    expect(stuck({ state: 'verifying' })).toEqual(['Its verify items are settled: close it'])
    expect(stuck({ state: 'deploying', items: [{ ...item, kind: 'step', stage: 'deploy' }] })).toEqual([])
    expect(stuck({})).toEqual([])
  })
})
