import type { ReactNode } from 'react'

/** What this place is for, and the first step. */
export function EmptyState({
  title,
  icon,
  action,
  children,
}: {
  title: string
  icon?: ReactNode
  action?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className="grid justify-items-center gap-2 rounded-2xl border border-dashed border-edge px-6 py-12 text-center">
      {icon ? (
        <span aria-hidden="true" className="text-faint">
          {icon}
        </span>
      ) : null}
      <p className="m-0 text-lg font-strong">{title}</p>
      {children ? <div className="max-w-prose text-soft">{children}</div> : null}
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}
