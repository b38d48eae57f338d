import { plainTitle } from '#lib/templates/titles.ts'
import { MiniSelect } from './mini-select.tsx'

type Earlier = { key: string; text: string }

/** For a new item: which of the earlier ones that would be gone it goes on from. Absent where there is none. */
export function ContinuesSelect({
  item,
  named,
  free,
  onName,
}: {
  item: string
  named: Earlier | null
  free: readonly Earlier[]
  onName: (key: string | null) => void
}) {
  if (named === null && free.length === 0) return null
  const offered = named ? [named, ...free] : free
  return (
    <MiniSelect
      label={`Goes on from: ${item}`}
      value={named?.key ?? ''}
      options={[
        { value: '', label: 'Begins anew' },
        ...offered.map(({ key, text }) => ({ value: key, label: `Goes on from “${plainTitle(text)}”` })),
      ]}
      onChange={(key) => onName(key === '' ? null : key)}
    />
  )
}
