import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { FieldError } from './field-error.tsx'

export type FieldTexts = {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  /** Says "optional" beside the label; required is the normal case and is not marked. */
  optional?: boolean | undefined
  hideLabel?: boolean | undefined
}

/** Label, control, hint, error: controls side by side stand on one line whether they have a hint or not. The control carries `id` and `describedBy(…)`. */
export function Field({
  id,
  label,
  hint,
  error,
  optional,
  hideLabel,
  className,
  children,
}: FieldTexts & { id: string; className?: string | undefined; children: ReactNode }) {
  return (
    <div className={cx('grid content-start gap-1', className)}>
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm font-strong'}>
        {label}
        {optional ? <span className="font-normal text-faint"> (optional)</span> : null}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="m-0 text-sm text-soft">
          {hint}
        </p>
      ) : null}
      <FieldError id={id}>{error}</FieldError>
    </div>
  )
}
