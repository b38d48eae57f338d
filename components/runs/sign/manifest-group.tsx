import type { ReactNode } from 'react'
import type { ManifestItem } from '#lib/runs/manifest.ts'
import { ManifestRow } from './manifest-row.tsx'

/** Items of one kind of proof; nothing is shown when there are none. */
export function ManifestGroup({
  title,
  note,
  items,
}: {
  title: string
  note?: ReactNode
  items: readonly ManifestItem[]
}) {
  if (items.length === 0) return null
  return (
    <section className="mt-5">
      <h2 className="m-0 mb-1 flex justify-between text-sm font-bold">
        {title} <span className="font-normal text-faint">{note ?? items.length}</span>
      </h2>
      <ul className="m-0 list-none p-0">
        {items.map((item) => (
          <ManifestRow key={item.key} item={item} />
        ))}
      </ul>
    </section>
  )
}
