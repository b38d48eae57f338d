import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

/** Commands to copy. The block scrolls in itself; the page never does. */
export function CodeBlock({
  code,
  label = 'Commands',
  copyLabel = 'Copy',
  actions,
  footer,
}: {
  code: string
  /** The name of the scrolling region. */
  label?: string
  copyLabel?: string
  actions?: ReactNode
  footer?: ReactNode
}) {
  const region = { role: 'region', 'aria-label': label, tabIndex: 0 }
  return (
    <div className="keep-together overflow-hidden rounded-xl border border-line bg-paper">
      <pre
        {...region}
        className="m-0 overflow-x-auto px-3.5 py-3 font-mono text-xs/5 -outline-offset-2 print:whitespace-pre-wrap"
      >
        <code>{code}</code>
      </pre>
      <div className="flex flex-wrap items-center gap-x-3.5 gap-y-2 border-t border-hair px-3.5 py-2 text-xs text-soft">
        <CopyButton text={code} label={copyLabel} />
        {actions}
        {footer}
      </div>
    </div>
  )
}
