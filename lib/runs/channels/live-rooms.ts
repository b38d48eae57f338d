import { setImmediate } from 'node:timers/promises'
import type { MemberActor } from '#lib/access/actor.ts'
import type { BoardSnapshot } from '#lib/runs/board-snapshot.ts'
import { boardFor, type SeenBoard, seenBy } from '#lib/runs/board-view.ts'
import { deltaOf } from '#lib/runs/live.ts'
import { getBoardSnapshot } from '#lib/runs/read/board.ts'
import { listen } from '#lib/server/live.ts'
import { log } from '#lib/server/log.ts'
import { renewPresence, runPulses } from '#lib/server/presence.ts'
import { countWatcher } from '#lib/server/telemetry.ts'
import { frameOf } from './live-frame.ts'

export type Watcher = { presenceId: string; send: (frame: Uint8Array) => void }
/** A watcher's place: `renew` when the person's roles may have changed, `leave` at the end. */
export type Place = { renew: (actor: MemberActor) => void; leave: () => void }

/** All pages of one member hold the same board. */
type Group = { actor: MemberActor; board: SeenBoard; watchers: Set<Watcher> }
type Room = {
  runId: string
  service: string
  number: number
  groups: Map<string, Group>
  reading: boolean
  again: boolean
  pulse: string
  stop: () => void
}
type Rooms = { rooms: Map<string, Room>; timer: NodeJS.Timeout | null }

// Presence is renewed and the log's heads are looked at this often: a lost hint or a dead neighbour shows within it.
const PULSE_MS = 2_000

const place = globalThis as { countersignRooms?: Rooms }

function held(): Rooms {
  place.countersignRooms ??= { rooms: new Map(), timer: null }
  return place.countersignRooms
}

/** Long enough to be worth a turn of the event loop, short enough that a tick that waits for it does not feel it. */
const TURN_MS = 8

/**
 * What moved between two boards, as the bytes that go to everybody for whom it is the same: boards of one kind of viewer are
 * one object, so a crowd costs one comparison and one serialisation.
 */
function framesOnce(): (before: SeenBoard, after: SeenBoard) => Uint8Array | null {
  const known = new Map<SeenBoard, Map<SeenBoard, Uint8Array | null>>()
  return (before, after) => {
    const from = known.get(before) ?? new Map<SeenBoard, Uint8Array | null>()
    known.set(before, from)
    const held = from.get(after)
    if (held !== undefined) return held
    const delta = deltaOf({ before, after })
    const frame = delta ? frameOf({ type: 'delta', delta }) : null
    from.set(after, frame)
    return frame
  }
}

async function tell(room: Room, snapshot: BoardSnapshot): Promise<void> {
  const frameFor = framesOnce()
  let since = performance.now()
  for (const group of [...room.groups.values()]) {
    // Who came while this was read may hold a newer board already.
    if (group.board.now <= snapshot.now) {
      const after = seenBy(group.actor, snapshot)
      const frame = frameFor(group.board, after)
      group.board = after
      if (frame) for (const watcher of group.watchers) watcher.send(frame)
    }
    if (performance.now() - since < TURN_MS) continue
    await setImmediate()
    since = performance.now()
  }
}

/** One read of the run for all its watchers in this process, then what moved to each. */
async function refresh(room: Room): Promise<void> {
  if (room.reading) {
    room.again = true
    return
  }
  room.reading = true
  const started = performance.now()
  try {
    const anyone = [...room.groups.values()][0]
    const snapshot = anyone ? await getBoardSnapshot(anyone.actor, room) : null
    if (snapshot) await tell(room, snapshot)
  } catch (error) {
    log().warn({ err: error, runId: room.runId }, 'live: cannot read the run, the next pulse tries again')
    room.pulse = ''
  } finally {
    // A crowd makes a refresh dear: at most half of the time goes into one room, whatever arrives meanwhile.
    setTimeout(() => free(room), performance.now() - started).unref()
  }
}

function free(room: Room): void {
  room.reading = false
  if (!room.again) return
  room.again = false
  void refresh(room)
}

async function beat(): Promise<void> {
  const { rooms } = held()
  const ids = [...rooms.values()].flatMap((room) =>
    [...room.groups.values()].flatMap((group) => [...group.watchers].map(({ presenceId }) => presenceId)),
  )
  await renewPresence(ids)
  for (const { runId, pulse } of await runPulses([...rooms.keys()])) {
    const room = rooms.get(runId)
    if (!room || room.pulse === pulse) continue
    room.pulse = pulse
    void refresh(room)
  }
}

function keepBeating(): void {
  const state = held()
  state.timer ??= setInterval(() => {
    if (state.rooms.size === 0) {
      if (state.timer) clearInterval(state.timer)
      state.timer = null
      return
    }
    beat().catch((error) => log().warn({ err: error }, 'live: pulse missed'))
  }, PULSE_MS)
  state.timer.unref()
}

/**
 * Joins the watchers of a run. `after`: the sequence number the page already holds; when the run has moved on, the
 * whole board comes first, so that a cut connection misses nothing. Null when the run is not the actor's to see.
 */
export async function watchRun({
  actor,
  runId,
  service,
  number,
  after,
  watcher,
}: {
  actor: MemberActor
  runId: string
  service: string
  number: number
  after: number
  watcher: Watcher
}): Promise<Place | null> {
  const snapshot = await getBoardSnapshot(actor, { service, number })
  if (!snapshot) return null
  const board = seenBy(actor, snapshot)
  const { rooms } = held()
  const room = rooms.get(runId) ?? openRoom({ runId, service, number })
  const group = room.groups.get(actor.team.memberId) ?? { actor, board, watchers: new Set() }
  group.actor = actor
  room.groups.set(actor.team.memberId, group)
  if (board.seq > after) watcher.send(frameOf({ type: 'board', board: boardFor(actor, snapshot) }))
  else watcher.send(frameOf({ type: 'presence', presence: board.presence }))
  group.watchers.add(watcher)
  countWatcher(1)
  // Between the read above and the joining something may have happened: the next pulse reads again, once for all arrivals.
  room.pulse = ''
  keepBeating()
  return {
    renew: (renewed) => renew({ room, group, renewed }),
    leave: () => leave({ room, group, watcher }),
  }
}

function openRoom({ runId, service, number }: { runId: string; service: string; number: number }): Room {
  const room: Room = {
    runId,
    service,
    number,
    groups: new Map(),
    reading: false,
    again: false,
    pulse: '',
    stop: () => undefined,
  }
  room.stop = listen(runId, () => void refresh(room))
  held().rooms.set(runId, room)
  return room
}

/** Roles given or taken meanwhile change what the person may do: the next pulse tells them. */
function renew({ room, group, renewed }: { room: Room; group: Group; renewed: MemberActor }): void {
  const rights = ({ team }: MemberActor): string => JSON.stringify([team.accountRole, team.roles])
  if (rights(group.actor) !== rights(renewed)) room.pulse = ''
  group.actor = renewed
}

function leave({ room, group, watcher }: { room: Room; group: Group; watcher: Watcher }): void {
  if (!group.watchers.delete(watcher)) return
  countWatcher(-1)
  if (group.watchers.size > 0) return
  room.groups.delete(group.actor.team.memberId)
  if (room.groups.size > 0) return
  room.stop()
  const { rooms } = held()
  rooms.delete(room.runId)
}
