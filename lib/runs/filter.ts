import type { BoardView, ItemView } from './board.ts'

export const SHOWN = ['all', 'mine', 'open', 'failing'] as const
export type Shown = (typeof SHOWN)[number]

/** What the board shows of its items; lives in the address. `section` is a section's key. */
export type BoardFilter = { shown: Shown; section: string | null; text: string }

export const NO_FILTER: BoardFilter = { shown: 'all', section: null, text: '' }

type Query = { get: (name: string) => string | null }

export function readFilter(query: Query): BoardFilter {
  const shown = SHOWN.find((one) => one === query.get('show')) ?? 'all'
  return { shown, section: query.get('section'), text: query.get('q') ?? '' }
}

/** The query of the address for a filter, other parameters left out; empty for no filter. */
export function filterQuery({ shown, section, text }: BoardFilter): string {
  const query = new URLSearchParams()
  if (shown !== 'all') query.set('show', shown)
  if (section) query.set('section', section)
  if (text) query.set('q', text)
  return query.toString()
}

export function isFiltering(filter: BoardFilter): boolean {
  return filterQuery(filter) !== ''
}

/** Not settled: still asks something of somebody. */
export function isOpen(item: ItemView): boolean {
  return item.state === 'open' || item.state === 'failed' || item.tooOld
}

/** The viewer's: open, of one of their roles or nobody's in particular, and theirs to act on now. */
export function isMine(item: ItemView): boolean {
  return isOpen(item) && (item.can.tick || item.can.untick || item.can.probe)
}

function hasText(item: ItemView, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const body = [
    item.text,
    item.detail,
    item.commands,
    item.ownerRole,
    item.line?.text,
    ...item.notes.map((note) => note.text),
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase()
  return words.every((word) => body.includes(word))
}

export function isShown(item: ItemView, { shown, section, text }: BoardFilter): boolean {
  if (section && item.sectionKey !== section) return false
  if (shown === 'mine' && !isMine(item)) return false
  if (shown === 'open' && !isOpen(item)) return false
  if (shown === 'failing' && item.state !== 'failed') return false
  return hasText(item, text)
}

/** How many items each choice would show; counted over items and steps alike. */
export function shownCounts({ items }: Pick<BoardView, 'items'>): Record<Shown, number> {
  return {
    all: items.length,
    mine: items.filter(isMine).length,
    open: items.filter(isOpen).length,
    failing: items.filter(({ state }) => state === 'failed').length,
  }
}
