'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { counted } from '#lib/shared/words.ts'
import type { ReviewItem, ReviewSuggestion } from '#lib/templates/review-import.ts'
import { plainTitle } from '#lib/templates/titles.ts'
import { useReviewActs } from './review-context.ts'
import { ReviewFold } from './review-fold.tsx'
import { SuggestionLine } from './suggestion-line.tsx'
import { ToSource } from './to-source.tsx'

/** Suggested probes by kind. Nothing is taken unless somebody says so, here or at the item. */
export function SuggestionSummary({
  suggestions,
  items,
  declined,
  hidden,
  showHidden,
}: {
  suggestions: readonly ReviewSuggestion[]
  items: readonly ReviewItem[]
  declined: readonly number[]
  /** How many are kept back because their kind was wrong too often. */
  hidden: number
  showHidden: () => void
}) {
  const { accept } = useReviewActs()
  const [open, setOpen] = useState<string | null>(null)
  const waiting = suggestions.filter(({ at }) => !declined.includes(at))
  const rules = Map.groupBy(suggestions, ({ rule }) => rule)
  const texts = new Map(items.map(({ at, text, line }) => [at, { text, line }]))
  if (suggestions.length === 0 && hidden === 0) return null
  return (
    <ReviewFold
      title={`${counted({ count: waiting.length, one: 'suggested probe' })}`}
      note={
        waiting.length > 0 ? 'look at each with its reason; none is set by itself' : 'none is left to look at'
      }
    >
      <ul className="m-0 grid list-none gap-2 p-0">
        {[...rules].map(([rule, all]) => {
          const left = all.filter(({ at }) => !declined.includes(at))
          return (
            <li key={rule} className="grid gap-1">
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
                <Disclosure
                  open={open === rule}
                  onToggle={(event) => {
                    const isOpen = event.currentTarget.open
                    setOpen((before) => (isOpen ? rule : before === rule ? null : before))
                  }}
                  summary={
                    <>
                      <span className="text-ink">{rule.replaceAll('-', ' ')}</span>{' '}
                      {counted({ count: all.length, one: 'item' })}
                    </>
                  }
                >
                  <span className="sr-only">Each with its reason:</span>
                </Disclosure>
                {left.length > 0 ? (
                  <Button
                    size="sm"
                    aria-label={`Accept all ${left.length}: ${rule.replaceAll('-', ' ')}`}
                    onClick={() => accept(left)}
                  >
                    Accept all {left.length}
                  </Button>
                ) : null}
              </div>
              {open === rule ? (
                <ul className="m-0 grid list-none gap-2.5 p-0 pl-5">
                  {all.map((suggestion) => {
                    const { text = '', line = suggestion.at } = texts.get(suggestion.at) ?? {}
                    return (
                      <li key={suggestion.at} data-of={line} className="review-row pl-2">
                        <p className="m-0">
                          <ToSource line={line} /> {plainTitle(text)}
                        </p>
                        <SuggestionLine
                          suggestion={suggestion}
                          declined={declined.includes(suggestion.at)}
                          name={plainTitle(text)}
                        />
                      </li>
                    )
                  })}
                </ul>
              ) : null}
            </li>
          )
        })}
      </ul>
      {hidden > 0 ? (
        <p className="m-0 mt-2 text-sm text-soft">
          {counted({ count: hidden, one: 'further guess', many: 'further guesses' })} of kinds that are wrong
          too often.{' '}
          <Button size="sm" variant="quiet" onClick={showHidden}>
            Show them
          </Button>
        </p>
      ) : null}
    </ReviewFold>
  )
}
