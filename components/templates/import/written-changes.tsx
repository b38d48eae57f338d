'use client'
import { Button } from '#components/ui/button.tsx'
import { DiffText } from '#components/ui/diff-text.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { counted } from '#lib/shared/words.ts'
import type { Edit } from '#lib/templates/edits.ts'
import type { ImportReview, ReviewChange } from '#lib/templates/review-import.ts'
import { editId, wordsOfEdit } from './edit-list.ts'
import { partsOfChange } from './parts-of-change.ts'
import { useReviewActs } from './review-context.ts'
import { ReviewFold } from './review-fold.tsx'
import { ToSource } from './to-source.tsx'

/** How an edit shows in the file. */
function isComment(edit: Edit): boolean {
  return edit.kind === 'item' || edit.kind === 'stage'
}

function headline(edits: readonly Edit[]): string {
  const comments = edits.filter(isComment).length
  const others = edits.length - comments
  const written =
    comments === 0
      ? []
      : [`${counted({ count: comments, one: 'setting' })} written into the file as comments`]
  const lines = others === 0 ? [] : [`${counted({ count: others, one: 'line' })} changed`]
  return [...written, ...lines].join(', ') || 'Nothing could be written into the file'
}

/** What the reader's choices have changed in the file: each with its way back, and the lines before and after. */
export function WrittenChanges({
  edits,
  review,
  textAt,
}: {
  edits: readonly Edit[]
  review: ImportReview
  /** The text on a line of the file as it was brought. */
  textAt: (at: number) => string
}) {
  const { undo } = useReviewActs()
  if (edits.length === 0) return null
  const refusals = new Map(review.refused.map(({ edit, message }) => [`${edit.kind} ${edit.line}`, message]))
  return (
    <ReviewFold
      title={headline(edits.filter((edit) => !refusals.has(`${edit.kind} ${edit.line}`)))}
      note="otherwise the file is as it was, byte for byte"
    >
      <div className="grid gap-2">
        <Disclosure summary={`Take back: ${counted({ count: edits.length, one: 'change' })}`}>
          <ul className="m-0 grid list-none gap-1.5 p-0">
            {edits.map((edit) => {
              const refusal = refusals.get(`${edit.kind} ${edit.line}`)
              return (
                <li
                  key={editId(edit)}
                  className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1"
                >
                  <span className="min-w-0 break-words">
                    <span className="font-mono text-xs text-faint">{edit.line}</span> {wordsOfEdit(edit)}{' '}
                    <span className="text-sm text-soft">{textAt(edit.line).trim().slice(0, 80)}</span>
                    {refusal ? <span className="block text-sm text-no">Not written: {refusal}</span> : null}
                  </span>
                  <Button
                    size="sm"
                    aria-label={`Undo “${wordsOfEdit(edit)}” on line ${edit.line}`}
                    onClick={() => undo(edit)}
                  >
                    Undo
                  </Button>
                </li>
              )
            })}
          </ul>
        </Disclosure>
        {review.changes.length > 0 ? (
          <Disclosure summary={`Lines before and after: ${review.changes.length}`}>
            <ol className="m-0 grid list-none gap-1 p-0">
              {review.changes.map((change) => (
                <ChangedLine key={`${change.at} ${change.line}`} change={change} />
              ))}
            </ol>
          </Disclosure>
        ) : null}
      </div>
    </ReviewFold>
  )
}

function ChangedLine({ change }: { change: ReviewChange }) {
  return (
    <li className="grid grid-cols-[5ch_minmax(0,1fr)] gap-2" data-of={change.line || undefined}>
      <ToSource line={change.line || change.at} />
      <span className="font-mono text-xs/6 break-words whitespace-pre-wrap">
        <DiffText parts={partsOfChange(change)} />
      </span>
    </li>
  )
}
