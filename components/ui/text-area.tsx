import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { Field, type FieldTexts } from './field.tsx'
import { describedBy, fieldId } from './field-ids.ts'
import { controlClass } from './field-style.ts'

type Props = Omit<ComponentProps<'textarea'>, 'id'> &
  FieldTexts & { name: string; id?: string; mono?: boolean }

/** Grows with its content where the browser can (`field-sizing`); elsewhere it keeps `rows` and scrolls. */
export function TextArea({
  name,
  id = fieldId(name),
  label,
  hint,
  error,
  optional,
  hideLabel,
  mono,
  className,
  rows = 3,
  ...area
}: Props) {
  return (
    <Field {...{ id, label, hint, error, optional, hideLabel, className }}>
      <textarea
        {...area}
        rows={rows}
        id={id}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy({ id, hint, error })}
        className={cx(
          controlClass,
          'field-sizing-content read-only:bg-hair max-h-[60vh] min-h-20 py-2',
          mono && 'font-mono text-sm',
        )}
      />
    </Field>
  )
}
