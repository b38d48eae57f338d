import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type NoticeTone = 'info' | 'go' | 'warn' | 'error'

const looks = {
  info: { box: 'border-line bg-paper', mark: 'text-accent', Icon: Info, word: 'Note: ' },
  go: { box: 'border-go bg-go-bg', mark: 'text-go', Icon: CircleCheck, word: '' },
  warn: { box: 'border-warn bg-warn-bg', mark: 'text-warn', Icon: TriangleAlert, word: 'Warning: ' },
  error: { box: 'border-no bg-no-bg', mark: 'text-no', Icon: CircleAlert, word: 'Error: ' },
} as const

/** What happened, why, what to do. `live` when it appears while the person is on the page. */
export function Notice({
  tone = 'info',
  title,
  action,
  live = false,
  children,
  className,
}: {
  tone?: NoticeTone
  title?: ReactNode
  action?: ReactNode
  live?: boolean
  children?: ReactNode
  className?: string
}) {
  const { box, mark, Icon, word } = looks[tone]
  return (
    <div
      role={live ? (tone === 'error' ? 'alert' : 'status') : undefined}
      className={cx('flex flex-wrap items-start gap-x-3 gap-y-2 rounded-xl border px-4 py-3', box, className)}
    >
      <Icon aria-hidden="true" className={cx('mt-0.5 size-4.5 shrink-0', mark)} />
      <div className="min-w-0 flex-1 basis-52">
        <span className="sr-only">{word}</span>
        {title ? <p className="m-0 font-strong">{title}</p> : null}
        {children ? <div className={title ? 'text-soft' : undefined}>{children}</div> : null}
      </div>
      {action ? <div className="flex flex-wrap gap-2">{action}</div> : null}
    </div>
  )
}
