import type { MemberActor } from '#lib/access/actor.ts'
import type { BoardView } from '#lib/runs/board.ts'
import { boardFor } from '#lib/runs/board-view.ts'
import { deltaOf, type LiveMessage } from '#lib/runs/live.ts'
import { getBoardSnapshot } from '#lib/runs/read/board.ts'
import { listen } from '#lib/server/live.ts'
import { log } from '#lib/server/log.ts'
import { renewPresence, runPulses } from '#lib/server/presence.ts'
import { countWatcher } from '#lib/server/telemetry.ts'

export type Watcher = { presenceId: string; send: (message: LiveMessage) => void }

/** Everybody here as one member sees the same board, so it is composed and compared once for all their pages. */
type Group = { actor: MemberActor; board: BoardView; watchers: Set<Watcher> }
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
    if (!snapshot) return
    for (const group of room.groups.values()) {
      const after = boardFor(group.actor, snapshot)
      const delta = deltaOf({ before: group.board, after })
      group.board = after
      if (delta) for (const watcher of group.watchers) watcher.send({ type: 'delta', delta })
    }
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
}): Promise<(() => void) | null> {
  const snapshot = await getBoardSnapshot(actor, { service, number })
  if (!snapshot) return null
  const board = boardFor(actor, snapshot)
  const { rooms } = held()
  const room = rooms.get(runId) ?? openRoom({ runId, service, number })
  const group = room.groups.get(actor.team.memberId) ?? { actor, board, watchers: new Set() }
  group.actor = actor
  room.groups.set(actor.team.memberId, group)
  if (board.seq > after) watcher.send({ type: 'board', board })
  else watcher.send({ type: 'presence', presence: board.presence })
  group.watchers.add(watcher)
  countWatcher(1)
  // Between the read above and the joining something may have happened: the next pulse reads again, once for all arrivals.
  room.pulse = ''
  keepBeating()
  return () => leave({ room, group, watcher })
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
