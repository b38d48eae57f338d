import type { ChangeEvent } from 'react'
import { Field } from '#components/ui/field.tsx'
import { describedBy } from '#components/ui/field-ids.ts'

const ID = 'f-file'

/** The browser's own file field: known to every keyboard and screen reader, and a target for dropped files. */
export function FilePicker({
  label,
  error,
  onChange,
}: {
  label: string
  error: string | null
  onChange: (event: ChangeEvent<HTMLInputElement>) => void
}) {
  const hint = 'A .md file of at most 1 MB'
  return (
    <Field id={ID} label={label} hint={hint} error={error ?? undefined}>
      <input
        id={ID}
        type="file"
        accept=".md,.markdown,.txt,text/markdown,text/plain"
        onChange={onChange}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy({ id: ID, hint, error: error ?? undefined })}
        className="w-full rounded-lg border border-dashed border-edge bg-paper p-2.5 file:mr-3 file:rounded-md file:border file:border-line file:bg-bg file:px-2.5 file:py-1 file:font-medium file:text-ink"
      />
    </Field>
  )
}
