'use client'
import { Button } from '#components/ui/button.tsx'
import { counted } from '#lib/shared/words.ts'
import type { Edit } from '#lib/templates/edits.ts'
import type { ImportReview } from '#lib/templates/review-import.ts'
import { useReviewActs } from './review-context.ts'
import { ReviewFold } from './review-fold.tsx'
import { ToSource } from './to-source.tsx'

const SHOWN_AT_ONCE = 200

/** Lines of which nothing was made: they stay in their place, and each can become an item. */
export function KeptLines({ review, edits }: { review: ImportReview; edits: readonly Edit[] }) {
  const { put, undo } = useReviewActs()
  const { keptAsText, refused } = review
  if (keptAsText.length === 0) return null
  const why = new Map(
    refused.flatMap(({ edit, message }) =>
      edit.kind === 'make-item' ? [[edit.line, message] as const] : [],
    ),
  )
  const asked = new Map(
    edits.flatMap((edit) => (edit.kind === 'make-item' ? [[edit.line, edit] as const] : [])),
  )
  return (
    <ReviewFold
      title={`${counted({ count: keptAsText.length, one: 'line' })} kept as text`}
      note="in place, word for word; each can become an item"
    >
      <ol className="m-0 grid list-none gap-0.5 p-0">
        {keptAsText.slice(0, SHOWN_AT_ONCE).map(({ line, at, text }) => {
          const refusal = why.get(at)
          const edit = asked.get(at)
          return (
            <li
              key={at}
              data-of={line}
              data-row={line}
              tabIndex={-1}
              className="review-row grid grid-cols-[4ch_minmax(0,1fr)] items-baseline gap-x-2 py-0.5 max-sm:[&>button:last-child]:col-start-2 max-sm:[&>button:last-child]:justify-self-start max-sm:[&>button:last-child]:-ml-2 sm:grid-cols-[5ch_minmax(0,1fr)_auto]"
            >
              <ToSource line={line} />
              <span className="min-w-0 break-words">
                {text}
                {refusal ? <span className="block text-sm text-no">{refusal}</span> : null}
              </span>
              {edit && refusal ? (
                <Button size="sm" variant="quiet" onClick={() => undo(edit)}>
                  Leave it
                </Button>
              ) : (
                <Button
                  size="sm"
                  variant="quiet"
                  pending={edit !== undefined}
                  aria-label={`Make it an item: line ${line}, ${text.slice(0, 60)}`}
                  onClick={() => put([{ kind: 'make-item', line: at }])}
                >
                  Make it an item
                </Button>
              )}
            </li>
          )
        })}
      </ol>
      {keptAsText.length > SHOWN_AT_ONCE ? (
        <p className="m-0 mt-2 text-sm text-soft">
          And {keptAsText.length - SHOWN_AT_ONCE} more, which stand in the source. Put “- [ ] ” before a line
          there to make an item of it.
        </p>
      ) : null}
    </ReviewFold>
  )
}
