'use client'
import { Button } from '#components/ui/button.tsx'
import { DiffText } from '#components/ui/diff-text.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { SectionCard } from '#components/ui/section-card.tsx'
import { counted } from '#lib/shared/words.ts'
import { freeItems, type IdentityAnswers, namedFor } from '#lib/templates/identity-answers.ts'
import type { IdentityReview } from '#lib/templates/review-identity.ts'
import { plainTitle } from '#lib/templates/titles.ts'
import { ContinuesSelect } from './continues-select.tsx'
import { partsOfWords } from './parts-of-words.ts'
import { ToSource } from './to-source.tsx'

const HOW = {
  same: 'the same words stand in several places',
  id: 'by its id',
  moved: 'moved',
  reworded: 'reworded',
  'reworded and moved': 'reworded and moved',
  new: 'new',
} as const

/** Which items go on from the version before: their history follows them. Asked, never assumed. */
export function IdentityCard({
  identity,
  answers,
  onAnswer,
}: {
  identity: IdentityReview
  answers: IdentityAnswers
  onAnswer: (answers: IdentityAnswers) => void
}) {
  const { asked, added, gone, certain, basedOn } = identity
  const open = asked.filter(({ at }) => answers[at] === undefined)
  const free = freeItems(identity, answers)
  return (
    <SectionCard
      title="Which items go on?"
      note={`beside version ${basedOn}: ${counted({ count: certain, one: 'item' })} by ${certain === 1 ? 'its' : 'their'} words or id`}
      actions={
        open.length > 1 ? (
          <Button
            size="sm"
            onClick={() =>
              onAnswer({ ...answers, ...Object.fromEntries(open.map(({ at }) => [at, 'same' as const])) })
            }
          >
            All {open.length} are the same items
          </Button>
        ) : null
      }
    >
      <div className="grid gap-2">
        {asked.length === 0 ? (
          <p className="m-0 text-soft">
            Every item that stays says so by its words. Nothing is to be decided.
          </p>
        ) : (
          <ul className="m-0 grid list-none gap-0 p-0">
            {asked.map((item) => (
              <li
                key={item.at}
                data-of={item.line}
                className="grid gap-x-4 gap-y-1.5 border-t border-t-hair py-2 first:border-t-0 sm:grid-cols-[minmax(0,1fr)_auto]"
              >
                <div className="min-w-0">
                  <p className="m-0 break-words">
                    <DiffText parts={partsOfWords(plainTitle(item.earlier.text), plainTitle(item.text))} />
                  </p>
                  <p className="m-0 text-sm text-soft">
                    {HOW[item.how]}
                    {item.how.includes('moved') || item.how === 'same'
                      ? `: ${item.earlier.path.join(' / ') || 'the top'} → ${item.path.join(' / ') || 'the top'}`
                      : null}{' '}
                    <ToSource line={item.line} />
                  </p>
                </div>
                <fieldset className="m-0 flex items-center gap-4">
                  <legend className="sr-only">{plainTitle(item.text)}</legend>
                  {(['same', 'new'] as const).map((answer) => (
                    <label
                      key={answer}
                      className="inline-flex min-h-7 items-center gap-1.5 pointer-coarse:min-h-11"
                    >
                      <input
                        type="radio"
                        name={`identity-${item.at}`}
                        checked={answers[item.at] === answer}
                        onChange={() => onAnswer({ ...answers, [item.at]: answer })}
                        className="size-4 accent-accent"
                      />
                      {answer === 'same' ? 'Same item' : 'New item'}
                    </label>
                  ))}
                </fieldset>
              </li>
            ))}
          </ul>
        )}
        {added.length > 0 ? (
          <Disclosure
            summary={`New: ${counted({ count: added.length, one: 'item' })}`}
            open={gone.length > 0}
          >
            {added.length > 0 && gone.length > 0 ? (
              <p className="m-0 mb-1 text-sm text-soft">
                One of these is an earlier item in other words? Say which: its history goes on.
              </p>
            ) : null}
            <ul className="m-0 list-none p-0">
              {added.map(({ key, text, at, line }) => (
                <li
                  key={key}
                  data-of={line}
                  className="grid items-center gap-x-4 gap-y-1 border-t border-t-hair py-1.5 first:border-t-0 sm:grid-cols-[minmax(0,1fr)_minmax(0,16rem)]"
                >
                  <span className="min-w-0 break-words">
                    {plainTitle(text)} <ToSource line={line} />
                  </span>
                  <ContinuesSelect
                    item={plainTitle(text)}
                    named={namedFor(identity, { answers, at })}
                    free={free}
                    onName={(earlier) =>
                      onAnswer({ ...answers, [at]: earlier === null ? 'new' : { continues: earlier } })
                    }
                  />
                </li>
              ))}
            </ul>
          </Disclosure>
        ) : null}
        {free.length > 0 ? (
          <Disclosure
            summary={`Gone: ${counted({ count: free.length, one: 'item' })}; earlier runs keep ${free.length === 1 ? 'it' : 'them'}`}
          >
            <ul className="m-0 list-disc pl-5">
              {free.map(({ key, text }) => (
                <li key={key}>{plainTitle(text)}</li>
              ))}
            </ul>
          </Disclosure>
        ) : null}
      </div>
    </SectionCard>
  )
}
