import { ChevronDown } from 'lucide-react'

/** A select that fits into a line of text. */
export function MiniSelect({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: string
  options: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}) {
  return (
    <span className="relative inline-block max-w-full">
      <select
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 max-w-full appearance-none truncate rounded-md border border-line bg-paper pr-6 pl-2 text-sm text-ink hover:border-edge pointer-coarse:h-11 pointer-coarse:text-[1rem]"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-1.5 size-3.5 -translate-y-1/2 text-soft"
      />
    </span>
  )
}
