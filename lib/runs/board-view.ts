import type { MemberActor } from '#lib/access/actor.ts'
import { mayDo, type Verb } from '#lib/access/policy.ts'
import { type BoardView, type GateView, type ItemView, RUN_ACTS, type RunAct } from './board.ts'
import { type SharedBoard, sharedBoard } from './board-shared.ts'
import type { BoardSnapshot } from './board-snapshot.ts'
import type { GateReason } from './gate.ts'
import { itemForViewer, type MayAct, mayActs } from './item-view.ts'
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

/** A board without the name of who looks: one object for all to whom a snapshot looks alike. Never changed. */
export type SeenBoard = Omit<BoardView, 'viewer'>

/** `memberId`: the actor's own, or one that no member has, for what the actor's whole kind sees. */
type Viewed = { actor: MemberActor; memberId: string; snapshot: BoardSnapshot; shared: SharedBoard }

const NOBODY = ''

/** A reason is one's own when one may sign the slot that it waits for, or holds the role that owns its item. */
function isOwn({ reason, actor, memberId, snapshot, shared }: Viewed & { reason: GateReason }): boolean {
  const { roles } = actor.team
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

function itemAt(
  { memberId, snapshot, shared }: Viewed,
  { place, may }: { place: number; may: MayAct },
): ItemView[] {
  const { items, run, now } = snapshot
  const item = items[place]
  const forAll = shared.items[place]
  if (!item || !forAll) return []
  return [{ ...forAll, ...itemForViewer({ memberId, state: run.state, item, now }, may) }]
}

const slotViews = ({ actor, memberId, snapshot }: Viewed): BoardView['slots'] =>
  snapshot.slots.map((slot) => slotView({ actor, memberId, slot, snapshot }))

/** For everybody with these roles whom the run does not name. */
function composeForKind(actor: MemberActor, snapshot: BoardSnapshot): SeenBoard {
  const shared = sharedBoard(snapshot)
  const viewed = { actor, memberId: NOBODY, snapshot, shared }
  const may = mayActs(actor)
  return {
    now: snapshot.now,
    seq: snapshot.seq,
    run: shared.run,
    gate: gateView(viewed),
    sections: shared.sections,
    items: snapshot.items.flatMap((_, place) => itemAt(viewed, { place, may })),
    slots: slotViews(viewed),
    counts: shared.counts,
    triggers: snapshot.triggers,
    facts: shared.facts,
    activity: shared.activity,
    presence: snapshot.presence,
    ...runActs(viewed),
  }
}

/** The kind's board with what is different for one whom the run names: the items they marked, slots, own reasons. */
function composeForOne(actor: MemberActor, snapshot: BoardSnapshot, kind: SeenBoard): SeenBoard {
  const { memberId } = actor.team
  const shared = sharedBoard(snapshot)
  const viewed = { actor, memberId, snapshot, shared }
  const may = mayActs(actor)
  const marked = shared.marked.get(memberId) ?? new Set()
  return {
    ...kind,
    gate: gateView(viewed),
    items: kind.items.map((item, place) =>
      marked.has(place) ? (itemAt(viewed, { place, may })[0] ?? item) : item,
    ),
    slots: slotViews(viewed),
  }
}

// A snapshot never changes, and the live stream asks it for everybody who watches.
const boards = new WeakMap<BoardSnapshot, Map<string, SeenBoard>>()

/**
 * What one viewer sees of a snapshot. Pure. Composed once for each kind of viewer (account role and sign-off roles), and once
 * more for each member whom the run itself names; all to whom it looks alike are given the same object.
 */
export function seenBy(actor: MemberActor, snapshot: BoardSnapshot): SeenBoard {
  const { memberId, accountRole, roles } = actor.team
  const held = boards.get(snapshot) ?? new Map<string, SeenBoard>()
  boards.set(snapshot, held)
  const once = (key: string, compose: () => SeenBoard): SeenBoard => {
    const known = held.get(key)
    if (known) return known
    const fresh = compose()
    held.set(key, fresh)
    return fresh
  }
  const kindKey = JSON.stringify([accountRole, roles.toSorted()])
  const kind = once(kindKey, () => composeForKind(actor, snapshot))
  if (!sharedBoard(snapshot).named.has(memberId)) return kind
  return once(`${memberId} ${kindKey}`, () => composeForOne(actor, snapshot, kind))
}

/** What one viewer sees of a snapshot, and who that is. */
export function boardFor(actor: MemberActor, snapshot: BoardSnapshot): BoardView {
  const { memberId, roles } = actor.team
  return { viewer: { memberId, name: actor.name, roles }, ...seenBy(actor, snapshot) }
}
