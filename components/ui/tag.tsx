import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type TagTone = 'go' | 'warn' | 'no' | 'wait' | 'neutral' | 'accent'

const tones: Record<TagTone, string> = {
  go: 'bg-go-bg text-go border-transparent',
  warn: 'bg-warn-bg text-warn border-transparent',
  no: 'bg-no-bg text-no border-transparent',
  wait: 'text-faint border-dashed border-edge',
  neutral: 'text-soft border-line',
  accent: 'bg-accent-bg text-accent border-transparent',
}

/** A state in one word. The word carries the meaning; the colour only helps. */
export function Tag({
  tone = 'neutral',
  className,
  children,
}: {
  tone?: TagTone
  className?: string
  children: ReactNode
}) {
  return (
    <span
      className={cx(
        'inline-flex items-center rounded-full border px-2 text-xs font-strong whitespace-nowrap print:border-solid print:border-edge',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}
