import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cx(
        'inline-block rounded-sm border border-line px-1.25 font-mono text-2xs text-faint pointer-coarse:hidden',
        className,
      )}
    >
      {children}
    </kbd>
  )
}
