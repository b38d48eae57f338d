import Link from 'next/link'
import type { ReactNode } from 'react'
import { type Fact, Facts } from '#components/ui/facts.tsx'

export type Crumb = { label: string; href?: string }

/** Where one is, what it is, and what is true of it. Holds the page's only `h1`. */
export function PageHead({
  title,
  crumbs = [],
  mono,
  lead,
  facts = [],
  actions,
}: {
  title: ReactNode
  crumbs?: readonly Crumb[]
  /** Machine facts beside the title. */
  mono?: ReactNode
  lead?: ReactNode
  facts?: readonly Fact[]
  actions?: ReactNode
}) {
  return (
    <div className="mb-4.5 pt-5">
      {crumbs.length > 0 ? (
        <nav aria-label="Breadcrumb" className="text-sm text-faint">
          <ol className="m-0 flex list-none flex-wrap gap-x-1.5 p-0">
            {crumbs.map((crumb, place) => (
              <li key={`${crumb.label} ${crumb.href ?? ''}`} className="flex gap-x-1.5">
                {place > 0 ? <span aria-hidden="true">/</span> : null}
                {crumb.href ? (
                  <Link href={crumb.href} className="-my-0.5 inline-block py-0.5 text-faint hover:text-ink">
                    {crumb.label}
                  </Link>
                ) : (
                  <span>{crumb.label}</span>
                )}
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="m-0 mt-0.5 flex min-w-0 flex-wrap items-baseline gap-x-3 text-2xl font-bold tracking-tight">
          {title}
          {mono ? (
            <small className="font-mono text-sm font-normal tracking-normal text-soft">{mono}</small>
          ) : null}
        </h1>
        {actions ? <div className="no-print flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {lead ? <div className="mt-1 max-w-prose text-soft">{lead}</div> : null}
      {facts.length > 0 ? (
        <div className="mt-2">
          <Facts items={facts} />
        </div>
      ) : null}
    </div>
  )
}
