import type { ComponentProps, ReactNode } from 'react'
import { cx } from './cx.ts'
import { FieldError } from './field-error.tsx'
import { describedBy, fieldId } from './field-ids.ts'

type Props = Omit<ComponentProps<'input'>, 'id' | 'type'> & {
  name: string
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  id?: string
}

export function Checkbox({ name, id = fieldId(name), label, hint, error, className, ...input }: Props) {
  return (
    <div className={cx('grid grid-cols-[auto_1fr] gap-x-2.5', className)}>
      <input
        {...input}
        type="checkbox"
        id={id}
        name={name}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy({ id, hint, error })}
        className="mt-0.5 size-4.5 accent-accent"
      />
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p id={`${id}-hint`} className="col-start-2 m-0 text-sm text-soft">
          {hint}
        </p>
      ) : null}
      <div className="col-start-2">
        <FieldError id={id}>{error}</FieldError>
      </div>
    </div>
  )
}
