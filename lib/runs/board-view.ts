import type { MemberActor } from '#lib/access/actor.ts'
import { mayDo, type Verb } from '#lib/access/policy.ts'
import { plainInline } from '#lib/templates/inline.ts'
import { activityView } from './activity.ts'
import {
  type BoardView,
  type GateView,
  type GradeCounts,
  type ItemView,
  RUN_ACTS,
  type RunAct,
  type RunView,
  type SectionView,
} from './board.ts'
import type { BoardItem, BoardSnapshot } from './board-snapshot.ts'
import { stateOf } from './fold.ts'
import { decideGate, type GateAnswer, type GateReason } from './gate.ts'
import { itemView } from './item-view.ts'
import { runObstacle } from './run-rules.ts'
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

function runView({ run, texts }: BoardSnapshot): RunView {
  const { release, reasonId, answers: _answers, templateHash: _hash, ...shown } = run
  return { ...shown, ...release, reason: reasonId === null ? null : (texts[reasonId] ?? '(erased)') }
}

/** A reason is one's own when one holds the role that it waits for, and does not stand in another slot already. */
function isOwn({
  reason,
  actor,
  snapshot,
}: {
  reason: GateReason
  actor: MemberActor
  snapshot: BoardSnapshot
}): boolean {
  const { roles, memberId } = actor.team
  if (reason.role !== undefined) {
    const elsewhere = snapshot.slots.some(
      ({ role, standing }) => role !== reason.role && standing?.memberId === memberId,
    )
    return roles.includes(reason.role) && !elsewhere
  }
  const item = reason.itemKey === undefined ? null : snapshot.items.find(({ key }) => key === reason.itemKey)
  return item?.ownerRole != null && roles.includes(item.ownerRole)
}

function gateView({
  actor,
  gate,
  snapshot,
}: {
  actor: MemberActor
  gate: GateAnswer
  snapshot: BoardSnapshot
}): GateView {
  const reasons = gate.reasons.map((reason) => ({ ...reason, own: isOwn({ reason, actor, snapshot }) }))
  const own = reasons.filter((reason) => reason.own)
  return { go: gate.go, reasons: [...own, ...reasons.filter((reason) => !reason.own)], ownCount: own.length }
}

function sectionViews({ sections, items }: BoardSnapshot): SectionView[] {
  const bySection = new Map<string, BoardItem[]>()
  for (const item of items) {
    const own = bySection.get(item.sectionKey)
    if (own) own.push(item)
    else bySection.set(item.sectionKey, [item])
  }
  return sections.flatMap(({ key, title, path, stage }) => {
    const own = bySection.get(key)
    if (!own) return []
    const required = own.filter((item) => item.required).map((item) => stateOf(item.fold))
    return [
      {
        key,
        title,
        path,
        stage,
        total: required.length,
        settled: required.filter((state) => state !== 'open' && state !== 'failed').length,
        failed: own.filter((item) => stateOf(item.fold) === 'failed').length,
      },
    ]
  })
}

function countOf({ state, grade }: ItemView): keyof GradeCounts {
  switch (state) {
    case 'failed':
    case 'waived':
      return state
    case 'not_applicable':
      return 'notApplicable'
    case 'open':
      return 'unproven'
    case 'passed':
      return grade
  }
}

/** Items by what stands behind them; steps are not counted. */
export function countGrades(items: readonly ItemView[]): GradeCounts {
  const counts: GradeCounts = {
    observed: 0,
    witnessed: 0,
    claimed: 0,
    unproven: 0,
    failed: 0,
    notApplicable: 0,
    waived: 0,
  }
  for (const item of items) if (item.kind === 'item') counts[countOf(item)] += 1
  return counts
}

function runActs({
  actor,
  gate,
  snapshot,
}: {
  actor: MemberActor
  gate: GateAnswer
  snapshot: BoardSnapshot
}): Pick<BoardView, 'can' | 'why'> {
  const can = {} as Record<RunAct, boolean>
  const why: Partial<Record<RunAct, string>> = {}
  for (const act of RUN_ACTS) {
    const allowed = mayDo({ actor, verb: RUN_VERBS[act] })
    const obstacle = runObstacle({ act, run: snapshot.run, items: snapshot.items, gate })
    can[act] = allowed === true && obstacle === null
    if (allowed !== true) why[act] = allowed
    else if (obstacle) why[act] = obstacle.message
  }
  return { can, why }
}

/** What one viewer sees of a snapshot. Pure: the live stream composes every watcher's board from one read. */
export function boardFor(actor: MemberActor, snapshot: BoardSnapshot): BoardView {
  const { run, now, seq, texts, slots } = snapshot
  const gate = decideGate({ run, items: snapshot.items, slots, now, askedDigest: null })
  const attempts = new Map(snapshot.attempts.map((attempt) => [attempt.itemId, attempt]))
  const items = snapshot.items.map((item) =>
    itemView({ actor, state: run.state, item, texts, attempt: attempts.get(item.id) ?? null, now }),
  )
  const texted = new Map(items.map(({ key, text }) => [key, plainInline(text)]))
  return {
    now,
    seq,
    viewer: { memberId: actor.team.memberId, name: actor.name, roles: actor.team.roles },
    run: runView(snapshot),
    gate: gateView({ actor, gate, snapshot }),
    sections: sectionViews(snapshot),
    items,
    slots: slots.map((slot) => slotView({ actor, slot, snapshot })),
    counts: countGrades(items),
    triggers: snapshot.triggers,
    facts: snapshot.facts.map(({ key, question, itemKeys }) => ({
      key,
      question,
      itemKeys,
      answer: run.answers[key] ?? null,
    })),
    activity: snapshot.events.map((event) => activityView(event, (key) => texted.get(key) ?? null)),
    presence: snapshot.presence,
    ...runActs({ actor, gate, snapshot }),
  }
}
