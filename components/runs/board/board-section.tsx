'use client'
import type { ItemView, SectionView } from '#lib/runs/board.ts'
import { capitalised, STAGE_WORDS } from '#lib/shared/words.ts'
import { ItemRow } from '../item/item-row.tsx'
import { useBoard } from '../use-board.ts'
import { sectionAnchor } from './section-anchor.ts'
import { SectionProbes } from './section-probes.tsx'
import { opensWhen } from './section-words.ts'

/** Of a row with one line of evidence, in pixels. */
const ROW_HEIGHT = 66

/** One heading of the checklist and what stands under it. Far from the window the browser skips drawing it. */
export function BoardSection({
  section,
  items,
  here,
  above,
  isStageStart,
  isLate,
}: {
  section: SectionView
  items: ItemView[]
  here: ReadonlyMap<string, string>
  /** The headings above this one, where they are to be read; else empty. */
  above: string
  isStageStart: boolean
  /** Its rows follow in a moment: only their room is kept. */
  isLate: boolean
}) {
  const state = useBoard((board) => board.run.state)
  const headingId = `${sectionAnchor(section.key)}-title`
  const note = [
    section.total > 0 ? `${section.settled} of ${section.total}` : 'optional',
    opensWhen({ stage: section.stage, state }),
  ].filter(Boolean)
  return (
    <section
      id={sectionAnchor(section.key)}
      aria-labelledby={headingId}
      className="content-auto scroll-mt-16"
    >
      {isStageStart ? (
        <p className="m-0 mb-2 border-b border-line pb-1 text-2xs font-strong tracking-[0.07em] text-faint uppercase">
          {capitalised(STAGE_WORDS[section.stage])}
        </p>
      ) : null}
      <div className="mb-2 flex items-start justify-between gap-3">
        <h2
          id={headingId}
          className="m-0 flex flex-wrap items-baseline gap-x-2.5 text-lg font-bold tracking-tight"
        >
          <span>
            {above ? <span className="font-normal text-faint">{above} / </span> : null}
            {section.title}
          </span>
          <span className="text-sm font-normal tracking-normal text-faint">{note.join(' · ')}</span>
        </h2>
        <SectionProbes title={section.title} items={items} />
      </div>
      {isLate ? (
        <svg aria-hidden="true" className="block w-px" height={items.length * ROW_HEIGHT} />
      ) : (
        <ul className="m-0 list-none divide-y divide-line overflow-clip rounded-xl border border-line bg-paper p-0">
          {items.map((item) => (
            <ItemRow key={item.key} item={item} here={here.get(item.key) ?? ''} />
          ))}
        </ul>
      )}
    </section>
  )
}
