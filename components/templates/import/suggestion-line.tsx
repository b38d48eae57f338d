'use client'
import { Button } from '#components/ui/button.tsx'
import type { ReviewSuggestion } from '#lib/templates/review-import.ts'
import { useReviewActs } from './review-context.ts'

/** A probe that the words call for, with the reason; it waits for somebody's yes. */
export function SuggestionLine({
  suggestion,
  declined,
  name,
}: {
  suggestion: ReviewSuggestion
  declined: boolean
  /** The item's text. */
  name: string
}) {
  const { accept, decline, offerAgain } = useReviewActs()
  const { probe, reason, at } = suggestion
  if (declined) {
    return (
      <p className="m-0 mt-1 text-sm text-faint">
        No probe taken.{' '}
        <Button
          size="sm"
          variant="quiet"
          aria-label={`Offer it again: the probe for ${name}`}
          onClick={() => offerAgain(at)}
        >
          Offer it again
        </Button>
      </p>
    )
  }
  return (
    <div className="mt-1.5 rounded-lg border border-dashed border-edge px-2.5 py-2">
      <p className="m-0 text-sm text-soft">Suggested probe: {reason}</p>
      <p className="m-0 font-mono text-xs break-words">{probe}</p>
      <div className="mt-1.5 flex flex-wrap gap-2">
        <Button size="sm" aria-label={`Accept the probe for ${name}`} onClick={() => accept([suggestion])}>
          Accept
        </Button>
        <Button
          size="sm"
          variant="quiet"
          aria-label={`Not this: the probe for ${name}`}
          onClick={() => decline(at)}
        >
          Not this
        </Button>
      </div>
    </div>
  )
}
