'use client'
import { X } from 'lucide-react'
import { type ReactNode, type RefObject, useId, useRef } from 'react'
import { cx } from './cx.ts'
import { IconButton } from './icon-button.tsx'
import { useModal } from './use-modal.ts'

export type DialogProps = {
  title: ReactNode
  description?: ReactNode
  /** Called when Escape, the close button or (side sheets only) a press beside it asks to close. */
  onClose: () => void
  footer?: ReactNode
  size?: 'sm' | 'md' | 'lg' | 'side'
  /** Otherwise the first field, or the title. */
  initialFocus?: RefObject<HTMLElement | null>
  children?: ReactNode
}

const sizes = {
  sm: 'm-auto max-w-md rounded-2xl max-h-[calc(100dvh-2rem)]',
  md: 'm-auto max-w-xl rounded-2xl max-h-[calc(100dvh-2rem)]',
  lg: 'm-auto max-w-4xl rounded-2xl max-h-[calc(100dvh-2rem)]',
  side: 'my-0 mr-0 ml-auto h-dvh max-h-dvh max-w-2xl',
} as const

/**
 * The browser's own modal dialog: top layer, inert page, Escape and returned focus come with it. Render it only
 * while it is open. A press beside it closes side sheets only, so that typed text is not lost by a slip.
 */
export function Dialog({
  title,
  description,
  onClose,
  footer,
  size = 'md',
  initialFocus,
  children,
}: DialogProps) {
  const box = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const textId = useId()

  useModal({
    box,
    onClose,
    besideCloses: size === 'side',
    focusFirst: (dialog) => {
      const field = dialog.querySelector<HTMLElement>(
        '[data-body] :is(input:not([type=hidden]), textarea, select):enabled',
      )
      const target = initialFocus?.current ?? field ?? dialog.querySelector<HTMLElement>('h2')
      target?.focus()
    },
  })
  // What is only read has nothing to tab to, so the sheet itself must take the keys that scroll.
  const scroller = size === 'side' || size === 'lg' ? { tabIndex: 0 } : {}

  return (
    <dialog
      ref={box}
      aria-labelledby={titleId}
      aria-describedby={description ? textId : undefined}
      className={cx(
        'w-[calc(100%-1.5rem)] border border-line bg-paper p-0 text-ink shadow-float',
        sizes[size],
      )}
    >
      <div className={cx('flex flex-col', size === 'side' ? 'h-dvh' : 'max-h-[calc(100dvh-2rem)]')}>
        <header className="flex items-start gap-3 border-b border-hair py-3.5 pr-3 pl-5">
          <div className="min-w-0 flex-1">
            <h2 id={titleId} tabIndex={-1} className="m-0 text-xl font-bold tracking-tight outline-none">
              {title}
            </h2>
            {description ? (
              <p id={textId} className="m-0 mt-0.5 text-sm text-soft">
                {description}
              </p>
            ) : null}
          </div>
          <IconButton label="Close" icon={<X aria-hidden="true" className="size-4.5" />} onClick={onClose} />
        </header>
        <div
          data-body=""
          {...scroller}
          className="min-h-0 flex-1 overflow-y-auto px-5 py-4 -outline-offset-2"
        >
          {children}
        </div>
        {footer ? (
          <footer className="flex flex-wrap justify-end gap-2 border-t border-hair px-5 py-3">
            {footer}
          </footer>
        ) : null}
      </div>
    </dialog>
  )
}
