import type { ReactNode } from 'react'

/** Heard, not seen. */
export function VisuallyHidden({
  children,
  as: Element = 'span',
}: {
  children: ReactNode
  as?: 'span' | 'div'
}) {
  return <Element className="sr-only">{children}</Element>
}
