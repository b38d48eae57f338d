'use client'
import { memo, useState } from 'react'
import { InlineText } from '#components/runs/item/inline-text.tsx'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { ItemBox } from '#components/ui/item-box.tsx'
import type { Stage } from '#lib/shared/codes.ts'
import { GRADE_WORDS, STAGE_WORDS } from '#lib/shared/words.ts'
import type { ItemPatch } from '#lib/templates/edits.ts'
import type { ReviewItem, ReviewSuggestion } from '#lib/templates/review-import.ts'
import { plainTitle } from '#lib/templates/titles.ts'
import { editsOf, plainly, withPatch } from './edit-list.ts'
import { ItemControls } from './item-controls.tsx'
import { useReviewActs } from './review-context.ts'
import { SuggestionLine } from './suggestion-line.tsx'
import { ToSource } from './to-source.tsx'

type Props = {
  item: ReviewItem
  sectionStage: Stage
  /** What was chosen and is not in the answer yet. */
  patch: ItemPatch | null
  suggestion: ReviewSuggestion | null
  declined: boolean
  goesTo: 'text' | null
  /** Null while the section's items are not being chosen from. */
  selected: boolean | null
  onSelect: (at: number, selected: boolean) => void
}

const INDENTS = ['', 'ml-3.5', 'ml-7', 'ml-10.5', 'ml-14']

/** Everything but the tick that an item asks for, in words. */
function wishes(item: ReviewItem, sectionStage: Stage): string[] {
  return [
    ...(item.stage === sectionStage ? [] : [STAGE_WORDS[item.stage]]),
    ...(item.required ? [] : ['optional']),
    ...(item.ownerRole ? [`ticked by ${item.ownerRole}`] : []),
    ...(item.minGrade === 'claimed' ? [] : [`at least ${GRADE_WORDS[item.minGrade]}`]),
    ...(item.needsNote ? ['with a note'] : []),
    ...(item.factKey ? ['asked about when a run is opened'] : []),
    ...item.tags,
  ]
}

export const ReviewItemRow = memo(function ReviewItemRow(props: Props) {
  const { item: read, sectionStage, patch, suggestion, declined, goesTo, selected, onSelect } = props
  const { put } = useReviewActs()
  const [open, setOpen] = useState(false)
  const item = withPatch(read, patch, sectionStage)
  const name = plainTitle(item.text)
  const asked = wishes(item, sectionStage)
  const change = (more: ItemPatch) => put(editsOf(item.at, plainly(more, sectionStage)))
  return (
    <li
      data-of={item.line}
      data-row={item.line}
      tabIndex={-1}
      className="review-row grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-2.5 border-t border-t-hair py-2 pr-2.5 pl-3 first:border-t-0"
    >
      {selected === null ? (
        <span className={cx('pt-0.5', INDENTS[Math.min(item.depth, INDENTS.length - 1)])}>
          <ItemBox state="open" size="sm" />
        </span>
      ) : (
        <input
          type="checkbox"
          aria-label={`Choose ${name}`}
          checked={selected}
          onChange={(event) => onSelect(item.at, event.target.checked)}
          className="mt-0.75 size-4 accent-accent pointer-coarse:size-6"
        />
      )}
      <div className="min-w-0">
        <p className="m-0 break-words">
          <InlineText text={item.text} />
        </p>
      </div>
      <div className="flex items-start gap-1">
        <ToSource line={item.line} />
        <Button
          size="sm"
          variant="quiet"
          aria-expanded={open}
          aria-label={`Change ${name}`}
          onClick={() => setOpen(!open)}
        >
          Change
        </Button>
      </div>
      <div className="col-start-2 col-end-4 min-w-0">
        {item.detail ? (
          <p className="m-0 line-clamp-4 text-sm break-words whitespace-pre-wrap text-soft">{item.detail}</p>
        ) : null}
        {asked.length > 0 ? <p className="m-0 text-sm text-soft">{asked.join(' · ')}</p> : null}
        {item.probe ? (
          <p className="m-0 font-mono text-xs break-words text-soft">probe: {item.probe}</p>
        ) : null}
        {goesTo === 'text' ? <p className="m-0 text-sm text-warn">becomes plain text…</p> : null}
      </div>
      <div className="col-span-full min-w-0 sm:col-start-2">
        {item.probe === null && suggestion ? (
          <SuggestionLine suggestion={suggestion} declined={declined} name={name} />
        ) : null}
        {open ? (
          <ItemControls
            name={name}
            shown={{
              stage: item.stage,
              role: item.ownerRole,
              grade: item.minGrade,
              required: item.required,
              note: item.needsNote,
            }}
            onPatch={change}
            onMakeText={() => put([{ kind: 'make-text', line: item.at }])}
          >
            {item.probe ? (
              <Button size="sm" onClick={() => change({ probe: null })}>
                Take the probe away
              </Button>
            ) : null}
          </ItemControls>
        ) : null}
      </div>
    </li>
  )
})
