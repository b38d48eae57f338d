'use client'
import { TextArea } from '#components/ui/text-area.tsx'

/** The sentence that goes on the record with a step. */
export function ReasonField({
  value,
  onChange,
  error,
  label = 'Why',
}: {
  value: string
  onChange: (value: string) => void
  error?: string | undefined
  label?: string
}) {
  return (
    <TextArea
      name="reason"
      label={label}
      hint="It stays on the record with your name."
      error={error}
      rows={3}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
