import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { ItemAct } from '#lib/runs/board.ts'
import type { BoardFilter } from '#lib/runs/filter.ts'
import type { PendingAct } from '#lib/runs/optimistic.ts'
import type { RunAddress } from '#lib/shared/paths.ts'
import type { KeyedStore } from '../keyed-store.ts'
import type { LiveState } from '../live/use-live-run.ts'

export type TextAct = Extract<ItemAct, 'tick' | 'untick' | 'fail' | 'notApplicable' | 'note'>

/** What lies over the board; one at a time. */
export type Overlay =
  /** `attach`: with the form for a file or a link open. */
  | { kind: 'why'; itemKey: string; attach?: boolean }
  | { kind: 'notice'; itemKey: string }
  | { kind: 'menu'; itemKey: string; anchor: HTMLElement }
  | {
      kind:
        | 'shortcuts'
        | 'start'
        | 'rollBack'
        | 'abort'
        | 'close'
        | 'undoDeployed'
        | 'correctRelease'
        | 'facts'
    }

/** What every part of one board shares. It never changes while the board is open, so that it renders nothing anew. */
export type Desk = {
  client: QueryClient
  runId: string
  address: RunAddress
  /** By item key: sent and not answered, at the version that the person saw. */
  pending: KeyedStore<PendingAct & { version: number }>
  /** By item key: the act whose words are being typed under the row. */
  editing: KeyedStore<TextAct>
  /** By item key: why the last act was refused, in words. */
  refused: KeyedStore<string>
  /** The one entry 'now' holds what lies over the board. */
  overlay: KeyedStore<Overlay>
  /** The one entry 'now' holds the state of the live stream. */
  live: KeyedStore<LiveState>
  /** The one entry 'now' holds the filter once the person has touched it; before, the address has it. */
  filter: KeyedStore<BoardFilter>
  /** The item that had the focus last: j and k go on from there. */
  last: { itemKey: string | null }
}

export const DeskContext = createContext<Desk | null>(null)

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (!desk) throw new Error('Used outside of a board')
  return desk
}

export function openOverlay(desk: Desk, overlay: Overlay): void {
  desk.overlay.set('now', overlay)
}

export function closeOverlay(desk: Desk): void {
  desk.overlay.set('now', undefined)
}
