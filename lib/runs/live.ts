import { type ActivityView, type BoardView, ITEM_ACTS, type ItemView, type PresenceView } from './board.ts'

type Seen = Omit<BoardView, 'viewer'>

/** What changed for one viewer since the sequence number they had: heads whole, items and activity only where new. */
export type BoardDelta = Pick<
  BoardView,
  'now' | 'seq' | 'run' | 'gate' | 'sections' | 'slots' | 'counts' | 'facts' | 'can' | 'why' | 'presence'
> & {
  /** The sequence number that this follows; a page that holds an older one has missed something and asks for all. */
  from: number
  items: ItemView[]
  /** Newest first. */
  activity: ActivityView[]
}

const ACTIVITY_KEPT = 30

/** Whether two views of an item are alike; the fields that move most come first, because this runs for every watcher. */
function isSame(held: ItemView | undefined, arrived: ItemView): boolean {
  if (!held || held.version !== arrived.version || held.seq !== arrived.seq || held.grade !== arrived.grade)
    return false
  if (
    held.attempt?.id !== arrived.attempt?.id ||
    held.attempt?.state !== arrived.attempt?.state ||
    held.attempt?.looks?.taken !== arrived.attempt?.looks?.taken
  )
    return false
  if (
    held.tooOld !== arrived.tooOld ||
    held.state !== arrived.state ||
    held.freshUntil !== arrived.freshUntil
  )
    return false
  if (arrived.notice !== null && JSON.stringify(held.notice) !== JSON.stringify(arrived.notice)) return false
  return ITEM_ACTS.every((act) => held.can[act] === arrived.can[act] && held.why[act] === arrived.why[act])
}

/** The difference between two boards of one viewer, or null when nothing of it moved. */
export function deltaOf({ before, after }: { before: Seen; after: Seen }): BoardDelta | null {
  if (before === after) return null
  const earlier = new Map(before.items.map((item) => [item.key, item]))
  const items = after.items.filter((item) => !isSame(earlier.get(item.key), item))
  const { now, seq, run, gate, sections, slots, counts, facts, can, why, presence } = after
  const heads = { run, gate, sections, slots, counts, facts, can, why, presence }
  const headsBefore = {
    run: before.run,
    gate: before.gate,
    sections: before.sections,
    slots: before.slots,
    counts: before.counts,
    facts: before.facts,
    can: before.can,
    why: before.why,
    presence: before.presence,
  }
  const same =
    seq === before.seq && items.length === 0 && JSON.stringify(heads) === JSON.stringify(headsBefore)
  if (same) return null
  return {
    from: before.seq,
    now,
    seq,
    ...heads,
    items,
    activity: after.activity.filter((line) => line.seq > before.seq),
  }
}

function newerItem(held: ItemView, arrived: ItemView | undefined): ItemView {
  // A late delta never takes back what the person's own command has already answered.
  return arrived && arrived.version >= held.version ? arrived : held
}

/** The board after a delta. Items that did not change keep their identity, so that only changed rows render. */
export function applyDelta(board: BoardView, delta: BoardDelta): BoardView {
  if (delta.seq < board.seq) return board
  const { items: changed, activity, from: _, ...heads } = delta
  const arrived = new Map(changed.map((item) => [item.key, item]))
  return {
    ...board,
    ...heads,
    items:
      changed.length === 0 ? board.items : board.items.map((item) => newerItem(item, arrived.get(item.key))),
    activity: mergeActivity({ held: board.activity, arrived: activity }),
  }
}

function mergeActivity({ held, arrived }: { held: ActivityView[]; arrived: ActivityView[] }): ActivityView[] {
  const newest = held[0]?.seq ?? 0
  const fresh = arrived.filter((line) => line.seq > newest)
  return fresh.length === 0 ? held : [...fresh, ...held].slice(0, ACTIVITY_KEPT)
}

export type LiveMessage =
  | { type: 'board'; board: BoardView }
  | { type: 'delta'; delta: BoardDelta }
  | { type: 'presence'; presence: PresenceView[] }
  /** The session is over or the run is no longer this person's to see. */
  | { type: 'end'; reason: 'signed_out' | 'not_found' }
