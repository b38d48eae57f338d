import type { ReactNode } from 'react'

export type Fact = { term: string; value: ReactNode }

/** Terms and values: in a row under a heading, or as a list in a document. */
export function Facts({ items, layout = 'row' }: { items: readonly Fact[]; layout?: 'row' | 'list' }) {
  if (layout === 'list') {
    return (
      <dl className="m-0 grid gap-x-4.5 gap-y-2.5 text-sm sm:gap-y-1.5 sm:grid-cols-[9rem_1fr]">
        {items.map((item) => (
          <div key={item.term} className="grid sm:contents">
            <dt className="text-faint">{item.term}</dt>
            <dd className="m-0 min-w-0">{item.value}</dd>
          </div>
        ))}
      </dl>
    )
  }
  return (
    <dl className="m-0 flex flex-wrap gap-x-5.5 gap-y-1 text-sm text-soft">
      {items.map((item) => (
        <div key={item.term} className="flex min-w-0 flex-wrap gap-x-1.5">
          <dt>{item.term}</dt>
          <dd className="m-0 min-w-0 font-strong text-ink">{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
