import { describe, expect, it } from 'vitest'
import type { MemberActor } from '#lib/access/actor.ts'
import type { BoardItem, BoardSnapshot } from '#lib/runs/board-snapshot.ts'
import { boardFor, seenBy } from '#lib/runs/board-view.ts'
import type { Evidence } from '#lib/runs/evidence.ts'
import { itemView } from '#lib/runs/item-view.ts'
import { slotView } from '#lib/runs/slot-view.ts'
import type { RunState } from '#lib/shared/codes.ts'
import { ANA, BO, itemWith, NOW, row, runWith, signoffWith, slotWith } from './builders.ts'

const FAY = { memberId: 'fay', name: 'Fay' }
const CLEO = { memberId: 'cleo', name: 'Cleo' }

function member(memberId: string, { accountRole = 'member', roles = ['Developer'] } = {}): MemberActor {
  const team = { id: 't', slug: 't', name: 'T', sample: false, streamId: 's', memberId, accountRole, roles }
  return {
    kind: 'person',
    userId: memberId,
    sessionIdHash: '',
    name: memberId,
    email: '',
    instanceAdmin: false,
    team,
  } as unknown as MemberActor
}

function boardItem(key: string, rows: Evidence[], more: Partial<BoardItem> = {}): BoardItem {
  const extra = { detail: null, commands: null, factKey: null, probe: null, seq: 1 }
  return { ...itemWith(rows, { key, id: key }), ...extra, ...more }
}

function snapshot(more: Partial<BoardSnapshot> = {}): BoardSnapshot {
  const items = [
    boardItem('ticked', [row.tick({ by: ANA })]),
    boardItem('witnessed', [row.tick({ by: ANA }), row.witness(BO)]),
    boardItem('failed', [row.fail(BO)], { ownerRole: 'DevOps' }),
    boardItem('not-applicable', [row.notApplicable(ANA)]),
    boardItem('open', [], { needsNote: true }),
  ]
  const scope = items.map(({ key }) => key)
  return {
    teamId: 't',
    now: NOW + 1000,
    seq: 7,
    run: {
      ...runWith({ author: FAY }),
      service: { slug: 'web', name: 'Web' },
      environment: { slug: 'prod', name: 'Production' },
      number: 1,
      changeTicket: null,
      template: { slug: 'p', name: 'P', number: 1 },
      revision: 3,
      openedBy: ANA,
      openedAt: NOW,
      startedAt: null,
      deployedAt: null,
      rollbackAt: null,
      endedAt: null,
      reasonId: null,
      sample: false,
      answers: {},
    },
    sections: [{ key: 'code', title: 'Code', path: [], stage: 'prepare' }],
    triggers: [],
    facts: [],
    items,
    slots: [
      slotWith({ role: 'Developer', scope, standing: signoffWith({ memberId: 'cleo', name: 'Cleo' }) }),
      slotWith({ role: 'Security Reviewer', scope, standing: null }),
    ],
    texts: {},
    holders: {},
    events: [],
    presence: [],
    attempts: [],
    notices: {},
    ...more,
  }
}

/** What the board has to be: every part composed for this member alone, nothing shared. */
function alone(actor: MemberActor, of: BoardSnapshot) {
  const { run, now, texts, slots } = of
  const { memberId } = actor.team
  return {
    items: of.items.map((item) =>
      itemView({ actor, state: run.state, item, texts, attempt: null, sent: null, now }),
    ),
    slots: slots.map((slot) => slotView({ actor, memberId, slot, snapshot: of })),
  }
}

const KINDS = [
  { accountRole: 'member', roles: ['Developer'] },
  { accountRole: 'member', roles: ['DevOps', 'Security Reviewer'] },
  { accountRole: 'auditor', roles: [] },
]

describe('what a member sees of a snapshot', () => {
  for (const kind of KINDS)
    it.each([ANA.memberId, BO.memberId, CLEO.memberId, FAY.memberId, 'dan'])(
      `is what would be composed for them alone: %s, ${kind.accountRole} ${kind.roles.join()}`,
      (memberId) => {
        const of = snapshot()
        // Somebody of the same kind looks first, so that what is shared is there to be shared wrongly.
        seenBy(member('first', kind), of)
        const actor = member(memberId, kind)
        const { items, slots, viewer } = boardFor(actor, of)
        expect({ items, slots }).toEqual(alone(actor, of))
        expect(viewer).toEqual({ memberId, name: memberId, roles: kind.roles })
      },
    )

  it('is one object for all of a kind whom the run does not name, whatever the order of their roles', () => {
    const of = snapshot()
    const dan = seenBy(member('dan', { roles: ['DevOps', 'Developer'] }), of)
    expect(seenBy(member('eve', { roles: ['Developer', 'DevOps'] }), of)).toBe(dan)
    expect(seenBy(member('eve', { roles: ['Developer'] }), of)).not.toBe(dan)
    expect(seenBy(member('eve', { accountRole: 'auditor', roles: ['Developer', 'DevOps'] }), of)).not.toBe(
      dan,
    )
    expect(seenBy(member('dan', { roles: ['DevOps', 'Developer'] }), snapshot())).not.toBe(dan)
  })

  it('differs for whom the run names only in what bears their name', () => {
    const of = snapshot()
    const stranger = seenBy(member('dan'), of)
    const ana = seenBy(member('ana'), of)
    expect(ana.items.map((item, place) => item === stranger.items[place])).toEqual([
      false,
      false,
      true,
      false,
      true,
    ])
    expect(ana.sections).toBe(stranger.sections)
    expect(seenBy(member('ana'), of)).toBe(ana)
  })

  it('tells what is too old from what was never proven, while the gate may still be asked', () => {
    const aged = { shelfLifeSeconds: 1 }
    const items = [
      boardItem('aged', [row.seen('pass')], aged),
      boardItem('ticked again', [row.seen('pass'), row.tick({ at: NOW + 5000 })], aged),
      boardItem('open', [], aged),
    ]
    const at = (state: RunState) => {
      const of = snapshot({ items, now: NOW + 5000 })
      return seenBy(member('dan'), { ...of, run: { ...of.run, state } })
    }
    for (const state of ['preparing', 'deploying'] as const) {
      expect(at(state).counts).toMatchObject({ observed: 0, claimed: 1, tooOld: 1, unproven: 1 })
      expect(at(state).items[0]).toMatchObject({ tooOld: true, grade: 'unproven' })
    }
    for (const state of ['verifying', 'rolling_back', 'closed'] as const) {
      expect(at(state).counts).toMatchObject({ observed: 2, claimed: 0, tooOld: 0, unproven: 1 })
      expect(at(state).items[0]).toMatchObject({ tooOld: false, grade: 'observed' })
    }
  })

  it('puts a reason that waits for a role first for its holder, unless they stand in another slot', () => {
    const of = snapshot()
    const roles = ['Security Reviewer']
    expect(seenBy(member('dan', { roles }), of).gate.reasons[0]).toMatchObject({ own: true })
    expect(seenBy(member('cleo', { roles }), of).gate.ownCount).toBe(0)
  })
})
