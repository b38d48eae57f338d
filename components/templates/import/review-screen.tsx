'use client'
import { useMemo, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { Segment } from '#components/ui/segment.tsx'
import { counted } from '#lib/shared/words.ts'
import type { ImportReview } from '#lib/templates/review-import.ts'
import { ProblemList } from '../problem-list.tsx'
import { IdentityCard } from './identity-card.tsx'
import { KeptLines } from './kept-lines.tsx'
import { ReviewPart } from './review-part.tsx'
import { ReviewRest } from './review-rest.tsx'
import { SourcePane } from './source-pane.tsx'
import { SuggestionSummary } from './suggestion-summary.tsx'
import type { Import } from './use-import.ts'
import { type Pane, useLinkedLines } from './use-linked-lines.ts'
import { WrittenChanges } from './written-changes.tsx'

/** What was found beside the text that it was found in: point at one and see the other. */
export function ReviewScreen({ form, review }: { form: Import; review: ImportReview }) {
  const { value, text, suggestions, acts } = form
  const root = useRef<HTMLDivElement>(null)
  const [pane, setPane] = useState<Pane>('checklist')
  useLinkedLines({ root, onShow: setPane })
  const lines = useMemo(() => value.source.split(/\r\n|\n|\r/), [value.source])
  const isWrapped = review.fences.length > 0
  return (
    <div ref={root} className="grid grid-cols-1 gap-4.5">
      <Findings review={review} />
      {review.problems.length > 0 && review.kind === 'checklist' ? (
        <Notice
          tone="error"
          title={`${counted({ count: review.problems.length, one: 'problem' })} in the text`}
          action={<Button onClick={form.toText}>Back to the text</Button>}
        >
          <ProblemList problems={review.problems} />
        </Notice>
      ) : null}
      {isWrapped ? <FenceOffer form={form} review={review} /> : null}
      {review.identity ? (
        <IdentityCard identity={review.identity} answers={value.answers} onAnswer={form.setAnswers} />
      ) : null}
      <div className="overflow-hidden rounded-2xl border border-line bg-paper empty:hidden">
        <WrittenChanges edits={value.edits} review={review} textAt={(at) => lines[at - 1] ?? ''} />
        <SuggestionSummary
          suggestions={suggestions}
          items={review.items}
          declined={value.declined}
          hidden={form.hidden}
          showHidden={form.showHidden}
        />
        <KeptLines review={review} edits={value.edits} />
      </div>
      <div className="lg:hidden">
        <Segment
          label="What to look at"
          name="review-pane"
          value={pane}
          options={[
            { value: 'checklist', label: 'Checklist', count: review.items.length },
            { value: 'source', label: 'Source', count: lines.length },
          ]}
          onChange={setPane}
        />
      </div>
      <div className="grid grid-cols-1 items-start gap-4.5 lg:grid-cols-2">
        <div
          className={`min-w-0 lg:sticky lg:top-14 lg:block ${pane === 'source' ? '' : 'max-lg:hidden'} [&_.source-pane]:h-[calc(100dvh-12rem)]`}
        >
          <h2 className="m-0 mb-2 text-sm font-strong text-soft max-lg:sr-only">The text</h2>
          <SourcePane source={text} review={review} />
        </div>
        <div className={`min-w-0 ${pane === 'checklist' ? '' : 'max-lg:hidden'}`}>
          <h2 className="m-0 mb-2 text-sm font-strong text-soft max-lg:sr-only">
            The checklist that comes of it
          </h2>
          <div className="grid gap-3">
            <Parts form={form} review={review} acts={acts} />
            <ReviewRest review={review} />
          </div>
        </div>
      </div>
    </div>
  )
}

function Findings({ review }: { review: ImportReview }) {
  const { items, steps, triggers, roles, facts, meta } = review
  const probes = items.filter(({ probe }) => probe !== null).length
  const words = [
    counted({ count: items.length, one: 'item' }),
    ...(probes > 0 ? [counted({ count: probes, one: 'probe' })] : []),
    ...(steps.length > 0 ? [counted({ count: steps.length, one: 'command step' })] : []),
    ...(triggers.length > 0 ? [counted({ count: triggers.length, one: 'rollback trigger' })] : []),
    counted({ count: roles.length, one: 'sign-off role' }),
    ...(facts.length > 0 ? [counted({ count: facts.length, one: 'question' })] : []),
    ...(meta.version ? [`document version ${meta.version}`] : []),
    ...(meta.updated ? [`updated ${meta.updated}`] : []),
  ]
  return (
    <p role="status" className="m-0 text-soft">
      Found: {words.join(' · ')}
    </p>
  )
}

function FenceOffer({ form, review }: { form: Import; review: ImportReview }) {
  const tasks = review.fences.reduce((sum, fence) => sum + fence.tasks, 0)
  return (
    <Notice
      title={`${counted({ count: tasks, one: 'line' })} with a box ${tasks === 1 ? 'stands' : 'stand'} inside a code fence`}
      action={
        <Button onClick={() => form.acts.put(review.fences.map(({ at }) => ({ kind: 'unwrap', line: at })))}>
          Take the fence away
        </Button>
      }
    >
      A fence shows text and is not read as a list. Without its two lines the list counts; nothing else
      changes.
    </Notice>
  )
}

const NONE: readonly never[] = []

function Parts({ form, review }: { form: Import; review: ImportReview; acts: Import['acts'] }) {
  const { edits, declined } = form.value
  const { suggestions } = form
  const groups = useMemo(() => {
    const items = Map.groupBy(review.items, ({ sectionKey }) => sectionKey)
    const steps = Map.groupBy(review.steps, ({ sectionKey }) => sectionKey)
    const triggers = Map.groupBy(
      review.triggers.filter(({ line }) => !review.items.some((item) => item.line === line)),
      ({ sectionKey }) => sectionKey,
    )
    const places = new Map(review.items.map(({ at, sectionKey }) => [at, sectionKey]))
    return review.sections.flatMap((section) => {
      const own = {
        section,
        items: items.get(section.key) ?? NONE,
        steps: steps.get(section.key) ?? NONE,
        triggers: triggers.get(section.key) ?? NONE,
        suggestions: suggestions.filter(({ at }) => places.get(at) === section.key),
      }
      return own.items.length + own.steps.length + own.triggers.length === 0 ? [] : [own]
    })
  }, [review, suggestions])
  return groups.map((group) => (
    <ReviewPart key={`${group.section.key}`} {...group} edits={edits} declined={declined} />
  ))
}
