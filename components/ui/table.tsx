import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** Cells that a phone leaves out: what they say stands in a line of the row's first cell there. */
export const WIDE_CELL = 'max-sm:hidden'

/** A plain table with a caption. Too wide for the screen, it scrolls in itself and can be reached by keyboard. */
export function Table({
  caption,
  hideCaption = true,
  dense = false,
  children,
}: {
  caption: string
  hideCaption?: boolean
  dense?: boolean
  /** `<thead>` and `<tbody>`. Numbers: give the cell `text-right`. */
  children: ReactNode
}) {
  const region = { role: 'region', 'aria-label': caption, tabIndex: 0 }
  return (
    <div
      {...region}
      className="relative overflow-x-auto rounded-xl border border-line bg-paper print:overflow-visible"
    >
      <table
        className={cx(
          'w-full border-collapse text-left [&_td]:border-t [&_td]:border-hair [&_td]:align-top [&_td]:px-3.5 [&_th]:px-3.5 [&_tbody_tr:hover]:bg-[color-mix(in_oklab,var(--hair),transparent_50%)] [&_tbody_th]:border-t [&_tbody_th]:border-hair [&_tbody_th]:align-top [&_tbody_th]:font-strong [&_thead_th]:whitespace-nowrap [&_thead_th]:text-xs [&_thead_th]:font-strong [&_thead_th]:text-soft',
          dense ? 'text-sm [&_td]:py-1 [&_th]:py-1' : '[&_td]:py-2 [&_th]:py-2',
        )}
      >
        <caption className={hideCaption ? 'sr-only' : 'px-3.5 pt-3 pb-1 text-left font-strong'}>
          {caption}
        </caption>
        {children}
      </table>
    </div>
  )
}
