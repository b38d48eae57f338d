import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { paths } from '#lib/shared/paths.ts'
import type { Refusal } from '#lib/shared/result.ts'
import type { BoardView, ItemView, PresenceView } from './board.ts'
import type { EarlierItems } from './earlier-item.ts'
import type { ItemHistory } from './item-history.ts'
import { applyDelta, type BoardDelta } from './live.ts'
import type { TeamPerson } from './open-form.ts'

/** Thrown by a read that the server refused; its message is for the person. */
export class ReadRefused extends Error {}

/** Reads JSON from an address of the app. Throws ReadRefused in the words of the refusal. */
export async function readJson<T>(url: string): Promise<T> {
  const response = await fetch(url, { headers: { accept: 'application/json' } })
  if (response.ok) return (await response.json()) as T
  const refusal = (await response.json().catch(() => null)) as (Partial<Refusal> & { detail?: string }) | null
  throw new ReadRefused(refusal?.message ?? refusal?.detail ?? 'This could not be read. Try again.')
}

const runKey = (runId: string) => ['run', runId] as const

/** The board of one run. The page gives it its first value, the live stream the next ones; it is fetched only when that is cut. */
export function runQuery(runId: string) {
  return queryOptions<BoardView>({
    queryKey: runKey(runId),
    queryFn: async ({ client }) => {
      const fetched = await readJson<BoardView>(paths.api.run(runId))
      const held = client.getQueryData<BoardView>(runKey(runId))
      return held && held.seq > fetched.seq ? held : fetched
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  })
}

/** Everything that was ever recorded at one item; `seq` is its last event, so that a new one is a new question. */
export function itemHistoryQuery({ runId, key, seq }: { runId: string; key: string; seq: number }) {
  return queryOptions<ItemHistory>({
    queryKey: ['run', runId, 'item', key, seq],
    queryFn: () => readJson<ItemHistory>(paths.api.runItem({ runId, key })),
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  })
}

/** Members of the run's team, for those who name one of them. */
export function runPeopleQuery(runId: string) {
  return queryOptions<TeamPerson[]>({
    queryKey: ['run', runId, 'people'],
    queryFn: () => readJson<TeamPerson[]>(paths.api.runPeople(runId)),
    staleTime: 60_000,
    retry: 1,
  })
}

/** The same item in earlier runs; they are over or going on elsewhere, so one look is enough. */
export function earlierItemsQuery({ runId, key }: { runId: string; key: string }) {
  return queryOptions<EarlierItems>({
    queryKey: ['run', runId, 'earlier', key],
    queryFn: () => readJson<EarlierItems>(paths.api.runItemEarlier({ runId, key })),
    staleTime: 60_000,
    retry: 1,
  })
}

type Place = { client: QueryClient; runId: string }

export function heldBoard({ client, runId }: Place): BoardView | undefined {
  return client.getQueryData(runQuery(runId).queryKey)
}

function change({ client, runId }: Place, next: (board: BoardView) => BoardView): void {
  client.setQueryData(runQuery(runId).queryKey, (board) => (board ? next(board) : board))
}

export function holdBoard(place: Place, arrived: BoardView): void {
  change(place, (board) => (arrived.seq < board.seq ? board : arrived))
}

export function holdDelta(place: Place, delta: BoardDelta): void {
  change(place, (board) => applyDelta(board, delta))
}

export function holdPresence(place: Place, presence: PresenceView[]): void {
  change(place, (board) => ({ ...board, presence }))
}

/** What the item is after a command, if that is newer than what the page holds: machines touch it without a new version. */
const isNewer = (item: ItemView, held: ItemView) => item.version >= held.version && item.seq >= held.seq

/** The answer to the person's own command: newer than what the page holds, or dropped. */
export function holdItem(place: Place, item: ItemView): void {
  change(place, (board) => ({
    ...board,
    items: board.items.map((held) => (held.key === item.key && isNewer(item, held) ? item : held)),
  }))
}
