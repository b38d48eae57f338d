import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { Field, type FieldTexts } from './field.tsx'
import { describedBy, fieldId } from './field-ids.ts'
import { controlClass } from './field-style.ts'

type Props = Omit<ComponentProps<'input'>, 'id'> & FieldTexts & { name: string; id?: string; mono?: boolean }

export function TextField({
  name,
  id = fieldId(name),
  label,
  hint,
  error,
  optional,
  hideLabel,
  mono,
  className,
  ...input
}: Props) {
  return (
    <Field {...{ id, label, hint, error, optional, hideLabel, className }}>
      <input
        type="text"
        {...input}
        id={id}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy({ id, hint, error })}
        className={cx(controlClass, 'h-9 read-only:bg-hair pointer-coarse:h-11', mono && 'font-mono')}
      />
    </Field>
  )
}
