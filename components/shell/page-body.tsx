import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'

const sizes = { doc: 'max-w-[53.75rem]', page: 'max-w-[85rem]' } as const

/** The column that a page is set in: a document, or an ordinary page; all of these begin at the same edge. */
export function PageBody({
  size = 'page',
  className,
  children,
}: {
  size?: keyof typeof sizes
  className?: string
  children: ReactNode
}) {
  return (
    <div className={cx('mx-auto px-3.5 pb-20 sm:px-7 print:max-w-none print:p-0', sizes[size], className)}>
      {children}
    </div>
  )
}
