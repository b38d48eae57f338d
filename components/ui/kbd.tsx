import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** A key. `solid` takes the colour of what it lies on, for filled buttons. Hidden where there is no keyboard. */
export function Kbd({ children, solid = false }: { children: ReactNode; solid?: boolean }) {
  return (
    <kbd
      className={cx(
        'inline-block rounded-sm border px-1.25 font-mono text-2xs pointer-coarse:hidden',
        solid ? 'border-current' : 'border-line text-faint',
      )}
    >
      {children}
    </kbd>
  )
}
