import type { MemberActor } from '#lib/access/actor.ts'
import { mayDo, type Verb } from '#lib/access/policy.ts'
import { type BoardView, type GateView, RUN_ACTS, type RunAct } from './board.ts'
import { type SharedBoard, sharedBoard } from './board-shared.ts'
import type { BoardSnapshot } from './board-snapshot.ts'
import type { GateReason } from './gate.ts'
import { itemForViewer, mayActs } from './item-view.ts'
import { freeHolders } from './signability.ts'
import { slotView } from './slot-view.ts'

export const RUN_VERBS = {
  startDeployment: 'run.startDeployment',
  markDeployed: 'run.markDeployed',
  undoDeployed: 'run.undoDeployed',
  rollBack: 'run.rollBack',
  finishRollback: 'run.finishRollback',
  abort: 'run.abort',
  close: 'run.close',
  correctRelease: 'run.correctRelease',
  answerFact: 'run.answerFact',
  probe: 'run.startProbes',
} as const satisfies Record<RunAct, Verb>

type Viewed = { actor: MemberActor; snapshot: BoardSnapshot; shared: SharedBoard }

/** A reason is one's own when one may sign the slot that it waits for, or holds the role that owns its item. */
function isOwn({ reason, actor, snapshot, shared }: Viewed & { reason: GateReason }): boolean {
  const { roles, memberId } = actor.team
  if (reason.role !== undefined) {
    const { slots, run } = snapshot
    const slot = slots.find(({ role }) => role === reason.role)
    const free = slot ? freeHolders({ slot, slots, holders: [{ memberId }], run }) : []
    return roles.includes(reason.role) && free.length > 0
  }
  const owner = reason.itemKey === undefined ? null : shared.owners.get(reason.itemKey)
  return owner != null && roles.includes(owner)
}

function gateView(viewed: Viewed): GateView {
  const { go, reasons: found } = viewed.shared.gate
  const reasons = found.map((reason) => ({ ...reason, own: isOwn({ ...viewed, reason }) }))
  const own = reasons.filter((reason) => reason.own)
  return { go, reasons: [...own, ...reasons.filter((reason) => !reason.own)], ownCount: own.length }
}

function runActs({ actor, shared }: Viewed): Pick<BoardView, 'can' | 'why'> {
  const can = {} as Record<RunAct, boolean>
  const why: Partial<Record<RunAct, string>> = {}
  for (const act of RUN_ACTS) {
    const allowed = mayDo({ actor, verb: RUN_VERBS[act] })
    const obstacle = shared.obstacles[act]
    can[act] = allowed === true && obstacle === null
    if (allowed !== true) why[act] = allowed
    else if (obstacle) why[act] = obstacle.message
  }
  return { can, why }
}

/** What one viewer sees of a snapshot. Pure: the live stream composes every watcher's board from one read. */
export function boardFor(actor: MemberActor, snapshot: BoardSnapshot): BoardView {
  const { run, now, seq, slots } = snapshot
  const shared = sharedBoard(snapshot)
  const viewed = { actor, snapshot, shared }
  const may = mayActs(actor)
  const items = snapshot.items.flatMap((item, place) => {
    const forAll = shared.items[place]
    return forAll ? [{ ...forAll, ...itemForViewer({ actor, state: run.state, item, now }, may) }] : []
  })
  return {
    now,
    seq,
    viewer: { memberId: actor.team.memberId, name: actor.name, roles: actor.team.roles },
    run: shared.run,
    gate: gateView(viewed),
    sections: shared.sections,
    items,
    slots: slots.map((slot) => slotView({ actor, slot, snapshot })),
    counts: shared.counts,
    triggers: snapshot.triggers,
    facts: shared.facts,
    activity: shared.activity,
    presence: snapshot.presence,
    ...runActs(viewed),
  }
}
