import type { ReactNode } from 'react'

/** One changed thing: its name, what it was, what it is. */
export function DiffLine({
  label,
  before,
  after,
  note,
}: {
  label: ReactNode
  before?: ReactNode
  after?: ReactNode
  note?: ReactNode
}) {
  return (
    <p className="m-0 text-sm">
      <b className="font-strong">{label}</b>:{' '}
      {before ? (
        <del className="text-no">
          <span className="sr-only">was </span>
          {before}
        </del>
      ) : null}
      {before && after ? <span aria-hidden="true"> → </span> : null}
      {after ? (
        <ins className="text-go no-underline">
          <span className="sr-only">now </span>
          {after}
        </ins>
      ) : null}
      {note ? <span className="text-soft">, {note}</span> : null}
    </p>
  )
}
