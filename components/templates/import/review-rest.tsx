import { InlineText } from '#components/runs/item/inline-text.tsx'
import { SectionCard } from '#components/ui/section-card.tsx'
import type { ImportReview } from '#lib/templates/review-import.ts'
import { plainTitle } from '#lib/templates/titles.ts'
import { ToSource } from './to-source.tsx'

const row = 'review-row grid grid-cols-[minmax(0,1fr)_auto] gap-x-2.5 py-1 pl-2'

/** Who signs, and what is asked when a run is opened. */
export function ReviewRest({ review }: { review: ImportReview }) {
  const { roles, facts, items } = review
  const texts = new Map(items.map(({ key, text, line }) => [key, { text, line }]))
  return (
    <>
      <SectionCard title="Signed by" headingLevel={3}>
        {roles.length === 0 ? (
          <p className="m-0 text-soft">
            Nobody: without a sign-off table or a slot comment there is nobody to wait for, and the gate never
            says GO. Add <code className="font-mono text-xs">{'<!-- slot: DevOps -->'}</code> or a table with
            role, name, date and signature.
          </p>
        ) : (
          <ul className="m-0 list-none p-0">
            {roles.map(({ role, scope, line }) => (
              <li key={role} data-of={line} data-row={line} tabIndex={-1} className={row}>
                <span className="min-w-0 break-words">
                  {role}{' '}
                  <span className="text-sm text-soft">
                    {scope === null ? 'for everything before the go' : `for ${scope.join(', ')}`}
                  </span>
                </span>
                <ToSource line={line} />
              </li>
            ))}
          </ul>
        )}
      </SectionCard>
      {facts.length > 0 ? (
        <SectionCard title="Asked when a run is opened" note="“no” proposes n/a" headingLevel={3}>
          <ul className="m-0 grid list-none gap-1.5 p-0">
            {facts.map(({ key, question, itemKeys }) => {
              const [first = '', ...more] = itemKeys
              const item = texts.get(first)
              return (
                <li key={key} data-of={item?.line} className={row}>
                  <span className="min-w-0 break-words">
                    {question}{' '}
                    <span className="text-sm text-soft">
                      for <InlineText text={plainTitle(item?.text ?? '')} />
                      {more.length > 0 ? ` and ${more.length} more` : null}
                    </span>
                  </span>
                  {item ? <ToSource line={item.line} /> : null}
                </li>
              )
            })}
          </ul>
        </SectionCard>
      ) : null}
    </>
  )
}
