'use client'

export type SegmentOption<V extends string> = { value: V; label: string; count?: number }

/** One of a few, in one line. Real radio buttons underneath: arrow keys and screen readers know them. */
export function Segment<V extends string>({
  label,
  name,
  value,
  options,
  onChange,
}: {
  label: string
  name: string
  value: V
  options: readonly SegmentOption<V>[]
  onChange: (value: V) => void
}) {
  return (
    <fieldset className="no-print m-0 inline-flex max-w-full flex-wrap rounded-lg border border-line bg-hair p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex min-h-6.5 cursor-pointer items-center gap-1.5 rounded-md border border-transparent px-2.5 text-sm text-soft hover:text-ink has-checked:border-line has-checked:bg-paper has-checked:font-strong has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:min-h-9"
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          {option.label}
          {option.count === undefined ? null : (
            <span className="font-mono text-xs text-faint">{option.count}</span>
          )}
        </label>
      ))}
    </fieldset>
  )
}
