import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { FieldError } from './field-error.tsx'
import { describedBy, fieldId } from './field-ids.ts'

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean }

type Props = {
  name: string
  legend: ReactNode
  hideLegend?: boolean
  /** Short options beside each other. */
  inRow?: boolean
  options: readonly RadioOption[]
  hint?: ReactNode
  error?: string | undefined
  value?: string
  defaultValue?: string
  required?: boolean
  onChange?: (value: string) => void
  className?: string
}

/** One of a few, each with room for a sentence, or short and in a row. Controlled by `value`, or left to the form by `defaultValue`. */
export function RadioGroup({
  name,
  legend,
  hideLegend,
  inRow = false,
  options,
  hint,
  error,
  value,
  defaultValue,
  required,
  onChange,
  className,
}: Props) {
  const id = fieldId(name)
  return (
    <fieldset
      id={id}
      aria-describedby={describedBy({ id, hint, error })}
      className={cx('grid gap-1.5', className)}
    >
      <legend className={hideLegend ? 'sr-only' : 'mb-1 text-sm font-strong'}>{legend}</legend>
      {hint ? (
        <p id={`${id}-hint`} className="m-0 text-sm text-soft">
          {hint}
        </p>
      ) : null}
      <div className={inRow ? 'grid grid-flow-col auto-cols-fr gap-1.5' : 'grid gap-1.5'}>
        {options.map((option) => (
          <label
            key={option.value}
            className="grid grid-cols-[auto_1fr] gap-x-2.5 rounded-lg border border-line bg-paper px-3 py-2 hover:border-edge has-checked:border-accent has-disabled:text-faint"
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              required={required}
              checked={value === undefined ? undefined : value === option.value}
              defaultChecked={value === undefined ? defaultValue === option.value : undefined}
              onChange={onChange ? () => onChange(option.value) : undefined}
              className="mt-0.75 size-4 accent-accent"
            />
            <span>
              {option.label}
              {option.hint ? <span className="block text-sm text-soft">{option.hint}</span> : null}
            </span>
          </label>
        ))}
      </div>
      <FieldError id={id}>{error}</FieldError>
    </fieldset>
  )
}
