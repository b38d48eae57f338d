import type { Grade } from '#lib/shared/codes.ts'
import { cx } from './cx.ts'

const slices: Record<Grade, string | null> = {
  unproven: null,
  claimed: 'M8 8V2.5A5.5 5.5 0 0 1 13.5 8z',
  witnessed: 'M8 2.5a5.5 5.5 0 0 1 0 11z',
  observed: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z',
}

/** A circle that fills with the strength of the proof. SVG, because backgrounds are not printed. */
export function GradeMark({
  grade,
  showText = false,
  tone = true,
  className,
}: {
  grade: Grade
  /** The word beside the shape; otherwise it is only read aloud. */
  showText?: boolean
  /** Green for what a machine established. */
  tone?: boolean
  className?: string
}) {
  const slice = slices[grade]
  return (
    <span className={cx('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <svg
        viewBox="0 0 16 16"
        className={cx('size-3.5 shrink-0', tone && grade === 'observed' && 'text-go')}
        aria-hidden="true"
      >
        <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.6" />
        {slice ? <path d={slice} fill="currentColor" /> : null}
      </svg>
      <span className={showText ? undefined : 'sr-only'}>{grade}</span>
    </span>
  )
}
