import { ChevronLeft, ChevronRight } from 'lucide-react'
import { LinkButton } from './link-button.tsx'

/** Keyset pages: newer and older, no page numbers, because rows arrive while one reads. */
export function Pagination({
  newer,
  older,
  label,
  note,
}: {
  newer?: string | null
  older?: string | null
  /** Names the navigation: "Pages of runs". */
  label: string
  note?: string
}) {
  if (!newer && !older && !note) return null
  return (
    <nav aria-label={label} className="no-print flex flex-wrap items-center gap-3 py-3">
      {newer ? (
        <LinkButton href={newer} rel="prev" icon={<ChevronLeft aria-hidden="true" className="size-4" />}>
          Newer
        </LinkButton>
      ) : null}
      {older ? (
        <LinkButton href={older} rel="next">
          Older
          <ChevronRight aria-hidden="true" className="size-4" />
        </LinkButton>
      ) : null}
      {note ? <span className="text-sm text-faint">{note}</span> : null}
    </nav>
  )
}
