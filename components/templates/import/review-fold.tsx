import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

/** One line of what was found beside the checklist itself, with more behind it. */
export function ReviewFold({
  title,
  note,
  children,
}: {
  title: ReactNode
  note: ReactNode
  children: ReactNode
}) {
  return (
    <details className="group/fold border-t border-t-hair first:border-t-0">
      <summary className="flex min-h-10 list-none items-start gap-x-2.5 px-3 py-2.5 hover:bg-hair">
        <ChevronRight
          aria-hidden="true"
          className="mt-0.75 size-3.5 shrink-0 text-soft transition-transform group-open/fold:rotate-90"
        />
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5">
          <span className="font-strong">{title}</span>
          <span className="text-sm text-soft">{note}</span>
        </span>
      </summary>
      <div className="px-3 pt-1 pb-4 sm:pl-9">{children}</div>
    </details>
  )
}
