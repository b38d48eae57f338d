import { type ReactNode, useId } from 'react'

/** A sheet of paper with a heading. */
export function SectionCard({
  title,
  note,
  actions,
  id,
  headingLevel = 2,
  children,
}: {
  title: ReactNode
  note?: ReactNode
  actions?: ReactNode
  id?: string
  headingLevel?: 2 | 3
  children: ReactNode
}) {
  const headingId = useId()
  const Heading = headingLevel === 2 ? 'h2' : 'h3'
  return (
    <section
      id={id}
      aria-labelledby={headingId}
      className="rounded-2xl border border-line bg-paper px-4 py-4 sm:px-6 sm:py-5"
    >
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
        <Heading
          id={headingId}
          className="m-0 flex flex-wrap items-baseline gap-x-2.5 text-lg font-bold tracking-tight"
        >
          {title}
          {note ? <span className="text-sm font-normal tracking-normal text-faint">{note}</span> : null}
        </Heading>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {children}
    </section>
  )
}
