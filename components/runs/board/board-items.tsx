'use client'
import { useMemo } from 'react'
import { Button } from '#components/ui/button.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import type { ItemView, PresenceView, SectionView } from '#lib/runs/board.ts'
import { isFiltering, NO_FILTER } from '#lib/runs/filter.ts'
import { useBoard } from '../use-board.ts'
import { useBoardFilter } from '../use-board-filter.ts'
import { useIsWhole } from '../use-is-whole.ts'
import { useShownItems } from '../use-shown-items.ts'
import { BoardSection } from './board-section.tsx'
import { aboveWords } from './section-words.ts'

function bySection(items: readonly ItemView[]): Map<string, ItemView[]> {
  const sections = new Map<string, ItemView[]>()
  for (const item of items) {
    const held = sections.get(item.sectionKey)
    if (held) held.push(item)
    else sections.set(item.sectionKey, [item])
  }
  return sections
}

/** Item key → the name of somebody else who looks at it. */
function othersByItem({
  presence,
  memberId,
}: {
  presence: PresenceView[]
  memberId: string
}): Map<string, string> {
  return new Map(
    presence.flatMap((one) => (one.itemKey && one.memberId !== memberId ? [[one.itemKey, one.name]] : [])),
  )
}

/** A section's parents are named where they change, and where two sections would look the same. */
function parentsShown(sections: readonly SectionView[]): Map<string, string> {
  const titles = sections.map(({ title }) => title)
  const shown = new Map<string, string>()
  let before = ''
  for (const section of sections) {
    const above = aboveWords(section)
    const isTwin = titles.indexOf(section.title) !== titles.lastIndexOf(section.title)
    if (above !== before || isTwin) shown.set(section.key, above)
    before = above
  }
  return shown
}

/** Rows that come with the page; the others follow as soon as its script runs, far below the window. */
const FIRST_ROWS = 24

function before(sections: readonly SectionView[], place: number, grouped: Map<string, ItemView[]>): number {
  return sections.slice(0, place).reduce((sum, { key }) => sum + (grouped.get(key)?.length ?? 0), 0)
}

function isFirstOfStage(sections: readonly SectionView[], place: number): boolean {
  return sections[place - 1]?.stage !== sections[place]?.stage
}

/** The document itself: every section with its items, in the checklist's own order. */
export function BoardItems() {
  const items = useBoard((board) => board.items)
  const sections = useBoard((board) => board.sections)
  const presence = useBoard((board) => board.presence)
  const memberId = useBoard((board) => board.viewer.memberId)
  const { filter, change } = useBoardFilter()
  const shown = useShownItems({ items, filter })
  const grouped = useMemo(() => bySection(shown), [shown])
  const here = useMemo(() => othersByItem({ presence, memberId }), [presence, memberId])
  const isWhole = useIsWhole()
  const visible = sections.filter(({ key }) => grouped.has(key))
  const parents = parentsShown(visible)
  if (visible.length === 0) {
    return (
      <EmptyState
        title={isFiltering(filter) ? 'No item matches' : 'This checklist has no items'}
        action={
          isFiltering(filter) ? <Button onClick={() => change(NO_FILTER)}>Show all items</Button> : undefined
        }
      >
        {filter.shown === 'mine' ? 'Nothing here waits for you.' : null}
        {filter.shown === 'failing' ? 'Nothing fails.' : null}
      </EmptyState>
    )
  }
  return (
    <div className="grid gap-6">
      {visible.map((section, place) => (
        <BoardSection
          key={section.key}
          section={section}
          items={grouped.get(section.key) ?? []}
          here={here}
          above={parents.get(section.key) ?? ''}
          isStageStart={isFirstOfStage(visible, place)}
          isLate={!isWhole && before(visible, place, grouped) >= FIRST_ROWS}
        />
      ))}
    </div>
  )
}
