import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cx } from './cx.ts'
import { Field, type FieldTexts } from './field.tsx'
import { describedBy, fieldId } from './field-ids.ts'
import { controlClass } from './field-style.ts'

export type SelectOption = { value: string; label: string; disabled?: boolean }

type Props = Omit<ComponentProps<'select'>, 'id' | 'children'> &
  FieldTexts & { name: string; id?: string; options: readonly SelectOption[]; placeholder?: string }

/** The browser's own select: the right one on a phone, and known to every screen reader. */
export function Select({
  name,
  id = fieldId(name),
  label,
  hint,
  error,
  optional,
  hideLabel,
  className,
  options,
  placeholder,
  ...select
}: Props) {
  return (
    <Field {...{ id, label, hint, error, optional, hideLabel, className }}>
      <span className="relative block">
        <select
          {...select}
          id={id}
          name={name}
          aria-invalid={error ? true : undefined}
          aria-describedby={describedBy({ id, hint, error })}
          className={cx(controlClass, 'h-9 appearance-none truncate pr-8 pointer-coarse:h-11')}
        >
          {placeholder === undefined ? null : <option value="">{placeholder}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDown
          aria-hidden="true"
          className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-soft"
        />
      </span>
    </Field>
  )
}
