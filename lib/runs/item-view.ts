import type { MemberActor } from '#lib/access/actor.ts'
import { mayDo, type Verb } from '#lib/access/policy.ts'
import { askedOf } from '#lib/probes/config.ts'
import { isPushed } from '#lib/probes/kinds.ts'
import { printProbe } from '#lib/probes/print.ts'
import { isGateAsked, isGradeAtLeast, isLive, type RunState } from '#lib/shared/codes.ts'
import { printTarget } from '#lib/templates/notice.ts'
import { attachmentView } from './attachment-view.ts'
import { ITEM_ACTS, type ItemAct, type ItemView } from './board.ts'
import type { ActiveAttempt, BoardItem, Texts } from './board-snapshot.ts'
import { evidenceLine } from './evidence-line.ts'
import { isFailingLook } from './failing-look.ts'
import { countsFrom, grade, gradeAt, metBy, stateOf } from './fold.ts'
import { claimShelfOf, itemRule, noteWanted, othersMark } from './item-rules.ts'
import type { SentNotice } from './notice-view.ts'
import { probeView } from './probe-view.ts'

const ERASED = '(erased)'

/** The act on the board → the verb of the policy table. */
export const ITEM_VERBS = {
  tick: 'run.tickItem',
  untick: 'run.untickItem',
  fail: 'run.failItem',
  notApplicable: 'run.markNotApplicable',
  verify: 'run.verifyNotApplicable',
  witness: 'run.witnessItem',
  note: 'run.noteItem',
  attach: 'run.attachEvidence',
  probe: 'run.startProbes',
  notify: 'run.sendNotice',
} as const satisfies Record<ItemAct, Verb>

type Shown = {
  item: BoardItem
  state: RunState
  texts: Texts
  attempt: ActiveAttempt | null
  /** The notice that stands at it. */
  sent: SentNotice | null
  /** Milliseconds. */
  now: number
}

type Viewed = { memberId: string; state: RunState; item: BoardItem; now: number }

/** What of an item differs from viewer to viewer. */
export type ItemForViewer = Pick<ItemView, 'tickNeedsNote' | 'untickNeedsReason' | 'can' | 'why'>
export type ItemForAll = Omit<ItemView, keyof ItemForViewer>

/** Yes or why not, for each act on an item that this role owns. */
export type MayAct = (ownerRole: string | null) => Record<ItemAct, true | string>

/** What the policy table allows a member, asked once for each owner role. */
export function mayActs(actor: MemberActor): MayAct {
  const known = new Map<string | null, Record<ItemAct, true | string>>()
  return (ownerRole) => {
    const before = known.get(ownerRole)
    if (before) return before
    const answers = {} as Record<ItemAct, true | string>
    for (const act of ITEM_ACTS)
      answers[act] = mayDo({ actor, verb: ITEM_VERBS[act], subject: { role: ownerRole } })
    known.set(ownerRole, answers)
    return answers
  }
}

/** One item for one viewer. */
export function itemForViewer({ memberId, state, item, now }: Viewed, may: MayAct): ItemForViewer {
  const can = {} as Record<ItemAct, boolean>
  const why: Partial<Record<ItemAct, string>> = {}
  const answers = may(item.ownerRole)
  for (const act of ITEM_ACTS) {
    const allowed = answers[act]
    const rule = allowed === true ? itemRule({ act, state, item, memberId, now }) : true
    can[act] = allowed === true && rule === true
    if (allowed !== true) why[act] = allowed
    else if (rule !== true) why[act] = rule.message
  }
  const tickNeedsNote = noteWanted({ item, memberId, now }) !== null
  return { tickNeedsNote, untickNeedsReason: othersMark({ item, memberId }) !== null, can, why }
}

function freshUntil(item: BoardItem): number | null {
  const { fold, shelfLifeSeconds } = item
  if (stateOf(fold) !== 'passed') return null
  const met = metBy(fold)
  const ends = [
    fold.seen?.verdict === 'pass' ? { at: countsFrom(fold.seen), shelf: shelfLifeSeconds } : null,
    fold.tick ? { at: fold.tick.at, shelf: claimShelfOf(item) } : null,
    met ? { at: met.at, shelf: claimShelfOf(item) } : null,
  ].flatMap((mark) => (mark === null ? [] : [mark.shelf === null ? Infinity : mark.at + mark.shelf * 1000]))
  const last = Math.max(...ends)
  return Number.isFinite(last) ? last : null
}

function isTooOld({ item, now }: { item: BoardItem; now: number }): boolean {
  const minimum = item.minGrade === 'unproven' ? 'claimed' : item.minGrade
  const { fold, shelfLifeSeconds, claimShelfSeconds } = item
  const today = gradeAt({ fold, shelfLifeSeconds, claimShelfSeconds, now })
  return isGradeAtLeast({ grade: grade(item.fold), minimum }) && !isGradeAtLeast({ grade: today, minimum })
}

function settledBy({ fold }: BoardItem): Pick<ItemView, 'by' | 'at'> {
  const mark = fold.notApplicable ?? fold.fail
  if (mark) return { by: mark.by, at: mark.at }
  if (fold.seen) return { by: null, at: fold.seen.at }
  const met = metBy(fold)
  // Somebody without an account is named by the evidence line alone.
  if (met && !fold.tick) {
    const { memberId, name } = met.by
    return { by: memberId === null ? null : { memberId, name }, at: met.at }
  }
  return fold.tick ? { by: fold.tick.by, at: fold.tick.at } : { by: null, at: fold.attempt?.at ?? null }
}

/** Shelf life guards a go that is still to come: what the deployment went by stands from then on, and in the record. */
const isPastAgeing = (state: RunState, { stage }: BoardItem): boolean =>
  !isLive(state) || (stage === 'prepare' && !isGateAsked(state))

function shadowView({ probe, shadowHash, fold }: BoardItem): ItemView['shadow'] {
  if (!probe || !shadowHash) return null
  const { shadow = null } = fold
  const seen = shadow && { verdict: shadow.verdict, line: shadow.line, at: shadow.at }
  return { kind: probe.kind, text: printProbe(probe), seen }
}

function attemptView({ id, state, since, looks }: ActiveAttempt, { probe }: BoardItem): ItemView['attempt'] {
  const of = probe && 'window' in probe ? probe.window?.samples : undefined
  return { id, state, since, looks: looks && of ? { taken: looks, of } : null }
}

/** One item as everybody sees it. */
export function itemForAll({ item: given, state, texts, attempt, sent, now }: Shown): ItemForAll {
  const item = isPastAgeing(state, given)
    ? { ...given, shelfLifeSeconds: null, claimShelfSeconds: null }
    : given
  const { fold, shelfLifeSeconds, claimShelfSeconds } = item
  return {
    id: item.id,
    key: item.key,
    kind: item.kind,
    ordinal: item.ordinal,
    sectionKey: item.sectionKey,
    stage: item.stage,
    text: item.text,
    detail: item.detail,
    commands: item.commands,
    required: item.required,
    ownerRole: item.ownerRole,
    minGrade: item.minGrade,
    needsNote: item.needsNote,
    factKey: item.factKey,
    state: stateOf(fold),
    grade: gradeAt({ fold, shelfLifeSeconds, claimShelfSeconds, now }),
    tooOld: isTooOld({ item, now }),
    freshUntil: freshUntil(item),
    line: evidenceLine({ fold, texts, today: now }),
    ...settledBy(item),
    notes: fold.notes.map(({ by, at, note }) => ({ by, at, text: texts[note.textId] ?? ERASED })),
    attachments: (fold.attachments ?? []).map((one) => attachmentView(one, texts)),
    version: item.version,
    seq: item.seq,
    probe: item.probe && item.probeHash ? probeView(item.probe) : null,
    failing: isFailingLook({ ...item, pushed: item.probe !== null && isPushed(item.probe.kind) }),
    unasked: item.probe && !item.probeHash && !item.shadowHash ? askedOf(item.probe) : null,
    shadow: shadowView(item),
    attempt: attempt ? attemptView(attempt, item) : null,
    notice: item.notice ? { to: item.notice.to.map(printTarget), need: item.notice.need, sent } : null,
  }
}

/** One item as one viewer sees it; the answer of every item command is this same shape. */
export function itemView({
  actor,
  ...shown
}: Shown & Omit<Viewed, 'memberId'> & { actor: MemberActor }): ItemView {
  const viewed = { ...shown, memberId: actor.team.memberId }
  return { ...itemForAll(shown), ...itemForViewer(viewed, mayActs(actor)) }
}
