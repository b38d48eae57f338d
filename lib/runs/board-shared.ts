import { plainInline } from '#lib/templates/inline.ts'
import { activityView } from './activity.ts'
import {
  type BoardView,
  type GradeCounts,
  RUN_ACTS,
  type RunAct,
  type RunView,
  type SectionView,
} from './board.ts'
import type { BoardItem, BoardSnapshot } from './board-snapshot.ts'
import { stateOf } from './fold.ts'
import { decideGate, type GateAnswer } from './gate.ts'
import { type ItemForAll, itemForAll } from './item-view.ts'
import { type RunObstacle, runObstacle } from './run-rules.ts'

function runView({ run, texts }: BoardSnapshot): RunView {
  const { release, reasonId, answers: _answers, templateHash: _hash, ...shown } = run
  return { ...shown, ...release, reason: reasonId === null ? null : (texts[reasonId] ?? '(erased)') }
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

function countOf({ state, grade, tooOld }: ItemForAll): keyof GradeCounts {
  switch (state) {
    case 'failed':
    case 'waived':
      return state
    case 'not_applicable':
      return 'notApplicable'
    case 'open':
      return 'unproven'
    case 'passed':
      return tooOld ? 'tooOld' : grade
  }
}

/** Items by what stands behind them; steps are not counted. */
export function countGrades(items: readonly ItemForAll[]): GradeCounts {
  const counts: GradeCounts = {
    observed: 0,
    witnessed: 0,
    claimed: 0,
    tooOld: 0,
    unproven: 0,
    failed: 0,
    notApplicable: 0,
    waived: 0,
  }
  for (const item of items) if (item.kind === 'item') counts[countOf(item)] += 1
  return counts
}

/** What of a board is the same for every viewer. */
export type SharedBoard = Pick<BoardView, 'run' | 'sections' | 'counts' | 'facts' | 'activity'> & {
  gate: GateAnswer
  items: ItemForAll[]
  /** Item key → the role that owns it. */
  owners: ReadonlyMap<string, string | null>
  obstacles: Record<RunAct, RunObstacle | null>
  /** Member → the places of the items that bear a mark of theirs: only these look different to them. */
  marked: ReadonlyMap<string, ReadonlySet<number>>
  /** Members to whom anything of the run looks different than to others of their roles. */
  named: ReadonlySet<string>
}

/** Everybody whose name one of the item's rules compares with the viewer's. */
function markers({ fold }: BoardItem): string[] {
  const marks = [fold.tick, fold.fail, fold.notApplicable, ...fold.witnesses, ...(fold.acknowledged ?? [])]
  return marks.flatMap((mark) => (mark && mark.by.memberId !== null ? [mark.by.memberId] : []))
}

function markedItems(items: readonly BoardItem[]): Map<string, Set<number>> {
  const marked = new Map<string, Set<number>>()
  for (const [place, item] of items.entries())
    for (const memberId of markers(item)) marked.set(memberId, (marked.get(memberId) ?? new Set()).add(place))
  return marked
}

function compose(snapshot: BoardSnapshot): SharedBoard {
  const { run, now, texts, slots, items } = snapshot
  const gate = decideGate({ run, items, slots, now, askedDigest: null })
  const attempts = new Map(snapshot.attempts.map((attempt) => [attempt.itemId, attempt]))
  const shown = items.map((item) =>
    itemForAll({
      item,
      state: run.state,
      texts,
      attempt: attempts.get(item.id) ?? null,
      sent: snapshot.notices[item.id] ?? null,
      now,
    }),
  )
  const words = new Map(items.map(({ key, text }) => [key, text]))
  const marked = markedItems(items)
  const signers = slots.flatMap(({ standing }) => (standing ? [standing.memberId] : []))
  const author = run.author?.memberId
  const obstacles = {} as SharedBoard['obstacles']
  for (const act of RUN_ACTS) obstacles[act] = runObstacle({ act, run, items, gate })
  return {
    run: runView(snapshot),
    gate,
    items: shown,
    sections: sectionViews(snapshot),
    counts: countGrades(shown),
    facts: snapshot.facts.map(({ key, question, itemKeys }) => ({
      key,
      question,
      itemKeys,
      answer: run.answers[key] ?? null,
    })),
    activity: snapshot.events.map((event) => activityView(event, (key) => wordsOf(words.get(key)))),
    owners: new Map(items.map(({ key, ownerRole }) => [key, ownerRole])),
    obstacles,
    marked,
    named: new Set([...marked.keys(), ...signers, ...(author ? [author] : [])]),
  }
}

const wordsOf = (text: string | undefined): string | null => (text === undefined ? null : plainInline(text))

// A snapshot never changes, and the live stream composes a board of it for everybody who watches.
const composed = new WeakMap<BoardSnapshot, SharedBoard>()

/** Composed once for each snapshot. */
export function sharedBoard(snapshot: BoardSnapshot): SharedBoard {
  const known = composed.get(snapshot)
  if (known) return known
  const fresh = compose(snapshot)
  composed.set(snapshot, fresh)
  return fresh
}
