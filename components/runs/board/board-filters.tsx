'use client'
import { Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button.tsx'
import { controlClass } from '#components/ui/field-style.ts'
import { Segment } from '#components/ui/segment.tsx'
import { Select } from '#components/ui/select.tsx'
import { isFiltering, NO_FILTER, SHOWN, type Shown, shownCounts } from '#lib/runs/filter.ts'
import { capitalised, STAGE_WORDS } from '#lib/shared/words.ts'
import { useBoard } from '../use-board.ts'
import { useBoardFilter } from '../use-board-filter.ts'
import { SEARCH_ID } from './search-id.ts'
import { aboveWords } from './section-words.ts'

const LABELS: Record<Shown, string> = { all: 'All', mine: 'Mine', open: 'Open', failing: 'Failing' }

/** Narrows the list: whose, what state, which section, which words. `children`: what else can be done with the whole list. */
export function BoardFilters({ children }: { children?: ReactNode }) {
  const { filter, change } = useBoardFilter()
  const counts = useBoard(shownCounts)
  const sections = useBoard((board) => board.sections)
  return (
    <div className="no-print flex flex-wrap items-center gap-2">
      <Segment
        label="Show"
        name="show"
        value={filter.shown}
        options={SHOWN.map((value) => ({ value, label: LABELS[value], count: counts[value] }))}
        onChange={(shown) => change({ shown })}
      />
      <div className="ml-auto flex flex-wrap gap-2">{children}</div>
      <div className="relative min-w-36 flex-1 basis-full sm:basis-72">
        <Search
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
        />
        <input
          id={SEARCH_ID}
          type="search"
          aria-label="Search items"
          aria-keyshortcuts="/"
          placeholder="Search items"
          value={filter.text}
          onChange={(event) => change({ text: event.target.value })}
          className={`${controlClass} h-9 pl-8.5 pointer-coarse:h-11`}
        />
      </div>
      <Select
        name="section"
        label="Section"
        hideLabel
        className="w-full sm:w-52 lg:hidden"
        value={filter.section ?? ''}
        placeholder="All sections"
        options={sections.map((section) => ({
          value: section.key,
          label: `${capitalised(STAGE_WORDS[section.stage])} · ${[aboveWords(section), section.title].filter(Boolean).join(' / ')} ${section.settled}/${section.total}`,
        }))}
        onChange={(event) => change({ section: event.target.value || null })}
      />
      {isFiltering(filter) ? <Button onClick={() => change(NO_FILTER)}>Clear</Button> : null}
    </div>
  )
}
