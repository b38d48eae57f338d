import { InlineText } from '#components/runs/item/inline-text.tsx'
import { Disclosure } from '#components/ui/disclosure.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { SectionCard } from '#components/ui/section-card.tsx'
import { counted } from '#lib/shared/words.ts'
import type { Review } from '#lib/templates/review.ts'
import { SectionTable } from './section-table.tsx'

/** What was understood of a checklist, every guess included. */
export function ReviewSummary({ review }: { review: Review }) {
  const { counts, sections, roles, triggers, facts, keptAsText } = review
  return (
    <SectionCard title={review.title || 'Without a title'} note="what was understood">
      <div className="grid gap-4.5">
        <Facts items={counts.map(({ label, count }) => ({ term: label, value: count }))} />
        <SectionTable sections={sections} />
        <Facts
          layout="list"
          items={[
            {
              term: 'Signed by',
              value:
                roles.length === 0
                  ? 'Nobody: without a sign-off table the gate never says GO.'
                  : roles
                      .map(({ role, scope }) => (scope ? `${role} (${scope.join(', ')})` : role))
                      .join(', '),
            },
            {
              term: 'Rolled back when',
              value: triggers.length === 0 ? 'Nothing is named' : triggers.join('; '),
            },
          ]}
        />
        {facts.length > 0 ? (
          <Disclosure
            summary={`Asked when a run is opened: ${counted({ count: facts.length, one: 'question' })}`}
          >
            <ul className="m-0 list-disc pl-5">
              {facts.map(({ question, items }) => (
                <li key={question}>
                  {question} <span className="text-soft">“No” proposes n/a:</span>{' '}
                  {items.map((text, place) => (
                    <span key={text}>
                      {place > 0 ? '; ' : ''}
                      <InlineText text={text} />
                    </span>
                  ))}
                </li>
              ))}
            </ul>
          </Disclosure>
        ) : null}
        {keptAsText.length > 0 ? (
          <Disclosure summary={`Kept as text: ${counted({ count: keptAsText.length, one: 'line' })}`}>
            <ol className="m-0 grid list-none gap-0.5 p-0">
              {keptAsText.map(({ line, text }) => (
                <li key={line} className="grid grid-cols-[4ch_1fr] gap-2">
                  <span className="text-right font-mono text-xs/6 text-faint">{line}</span>
                  <span className="min-w-0 break-words">{text}</span>
                </li>
              ))}
            </ol>
          </Disclosure>
        ) : null}
      </div>
    </SectionCard>
  )
}
