'use client'
import { memo, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { STAGES } from '#lib/shared/codes.ts'
import { counted, STAGE_WORDS } from '#lib/shared/words.ts'
import type { Edit, ItemPatch } from '#lib/templates/edits.ts'
import type { TemplateStep, TemplateTrigger } from '#lib/templates/model.ts'
import type { ReviewItem, ReviewSection, ReviewSuggestion } from '#lib/templates/review-import.ts'
import { editsOf, patchAt, plainly, withPatch } from './edit-list.ts'
import { ItemControls } from './item-controls.tsx'
import { MiniSelect } from './mini-select.tsx'
import { useReviewActs } from './review-context.ts'
import { ReviewItemRow } from './review-item-row.tsx'
import { ReviewStep } from './review-step.tsx'
import { ReviewTrigger } from './review-trigger.tsx'
import { ToSource } from './to-source.tsx'

const FROM = {
  annotation: 'as the file says',
  heading: 'by its heading',
  parent: 'by the heading above',
  default: 'because nothing says otherwise',
} as const

type Props = {
  section: ReviewSection
  items: readonly ReviewItem[]
  steps: readonly TemplateStep[]
  triggers: readonly TemplateTrigger[]
  suggestions: readonly ReviewSuggestion[]
  /** The edits and refusals that are about this section. */
  edits: readonly Edit[]
  declined: readonly number[]
}

const ofAll = <T,>(values: readonly T[]): T | null => {
  const [first, ...rest] = values
  return first !== undefined && rest.every((value) => value === first) ? first : null
}

/** A section as it will stand in the checklist, its stage and where that was taken from. */
export const ReviewPart = memo(function ReviewPart(props: Props) {
  const { section, items, steps, triggers, suggestions, edits, declined } = props
  const { put } = useReviewActs()
  const headingId = useId()
  const [chosen, setChosen] = useState<ReadonlySet<number> | null>(null)
  const title = section.path.join(' / ') || 'Before the first heading'
  const asked = edits.find((edit) => edit.kind === 'stage' && edit.line === section.at)
  const stage = (asked?.kind === 'stage' ? asked.stage : null) ?? section.stage
  const byLine = [...items.map((item) => ({ kind: 'item' as const, ordinal: item.ordinal, item }))]
  const lines = [
    ...byLine,
    ...steps.map((step) => ({ kind: 'step' as const, ordinal: step.ordinal, step })),
  ].sort((one, other) => one.ordinal - other.ordinal)
  const inChoice = items
    .filter(({ at }) => chosen?.has(at))
    .map((item) => withPatch(item, patchAt(edits, item.at)))

  function setStage(value: string) {
    const wanted = STAGES.find((one) => one === value)
    if (wanted === undefined) return
    // Without a heading of its own a stage comment would reach into every section below.
    if (section.path.length === 0) put(items.flatMap(({ at }) => editsOf(at, { stage: wanted })))
    else put([{ kind: 'stage', line: section.at, stage: wanted }])
  }
  function choose(at: number, selected: boolean) {
    setChosen((before) => {
      const next = new Set(before)
      if (selected) next.add(at)
      else next.delete(at)
      return next
    })
  }
  const patchAll = (patch: ItemPatch) => put(inChoice.flatMap(({ at }) => editsOf(at, plainly(patch, stage))))

  return (
    <section
      aria-labelledby={headingId}
      className="review-part overflow-hidden rounded-2xl border border-line bg-paper"
    >
      <div
        data-of={section.line}
        data-row={items.some(({ line }) => line === section.line) ? undefined : section.line}
        tabIndex={-1}
        className="review-row grid gap-1 border-b border-b-hair py-2.5 pr-2.5 pl-3"
      >
        <div className="flex items-baseline gap-2.5">
          <h3 id={headingId} className="m-0 min-w-0 flex-1 text-base font-bold break-words">
            {title}{' '}
            <span className="text-sm font-normal whitespace-nowrap text-faint">
              {counted({ count: items.length, one: 'item' })}
            </span>
          </h3>
          <ToSource line={section.line} />
        </div>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-soft">
          <MiniSelect
            label={`Stage of ${title}`}
            value={stage}
            options={STAGES.map((one) => ({ value: one, label: STAGE_WORDS[one] }))}
            onChange={setStage}
          />
          <span className="flex-1">{asked ? 'as you say' : FROM[section.stageFrom]}</span>
          {items.length > 1 ? (
            <Button
              size="sm"
              variant="quiet"
              aria-expanded={chosen !== null}
              aria-label={
                chosen === null ? `Change several items of ${title}` : `Done with the items of ${title}`
              }
              onClick={() => setChosen(chosen === null ? new Set(items.map(({ at }) => at)) : null)}
            >
              {chosen === null ? 'Change several' : 'Done'}
            </Button>
          ) : null}
        </div>
      </div>
      {chosen === null ? null : (
        <div className="px-3 pb-2.5">
          <ItemControls
            name={`the ${inChoice.length} chosen of ${title}`}
            shown={{
              stage: ofAll(inChoice.map((item) => item.stage)),
              role: ofAll(inChoice.map((item) => item.ownerRole)),
              grade: ofAll(inChoice.map((item) => item.minGrade)),
              required: ofAll(inChoice.map((item) => item.required)),
              note: ofAll(inChoice.map((item) => item.needsNote)),
            }}
            onPatch={patchAll}
            onMakeText={() => put(inChoice.map(({ at }) => ({ kind: 'make-text', line: at })))}
          >
            <span className="text-sm text-soft">
              {counted({ count: inChoice.length, one: 'item' })} chosen
            </span>
          </ItemControls>
        </div>
      )}
      <ul className="m-0 list-none p-0">
        {lines.map((line) =>
          line.kind === 'step' ? (
            <ReviewStep key={line.step.key} step={line.step} />
          ) : (
            <ReviewItemRow
              key={line.item.at}
              item={line.item}
              sectionStage={stage}
              patch={patchAt(edits, line.item.at)}
              suggestion={suggestions.find(({ at }) => at === line.item.at) ?? null}
              declined={declined.includes(line.item.at)}
              goesTo={
                edits.some((edit) => edit.kind === 'make-text' && edit.line === line.item.at) ? 'text' : null
              }
              selected={chosen === null ? null : chosen.has(line.item.at)}
              onSelect={choose}
            />
          ),
        )}
        {triggers.map((trigger) => (
          <ReviewTrigger key={trigger.key} trigger={trigger} />
        ))}
      </ul>
    </section>
  )
})
