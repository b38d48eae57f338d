import { ChevronRight } from 'lucide-react'
import type { ReactNode, ToggleEventHandler } from 'react'

/** Folded detail, without a script. */
export function Disclosure({
  summary,
  open,
  onToggle,
  children,
}: {
  summary: ReactNode
  open?: boolean
  onToggle?: ToggleEventHandler<HTMLDetailsElement>
  children: ReactNode
}) {
  return (
    <details open={open} onToggle={onToggle} className="group/fold">
      <summary className="flex min-h-6 list-none items-center gap-1.5 rounded-md text-soft hover:text-ink">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 shrink-0 transition-transform group-open/fold:rotate-90"
        />
        <span className="min-w-0">{summary}</span>
      </summary>
      <div className="pt-2 pl-5">{children}</div>
    </details>
  )
}
