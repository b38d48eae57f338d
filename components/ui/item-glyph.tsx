import type { ItemState } from '#lib/shared/codes.ts'

/** The drawing inside a box of 20 by 20; the colour is the text's. */
export function ItemGlyph({ state }: { state: ItemState }) {
  const square = { x: 1.75, y: 1.75, width: 16.5, height: 16.5, rx: 4.75 }
  const mark = {
    className: 'stroke-on-solid',
    strokeWidth: 2,
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
  } as const
  switch (state) {
    case 'passed':
      return (
        <>
          <rect {...square} fill="currentColor" stroke="currentColor" strokeWidth="1.5" />
          <path d="M5.75 10.25l3 3 5.5-6.25" {...mark} />
        </>
      )
    case 'failed':
      return (
        <>
          <rect {...square} fill="currentColor" stroke="currentColor" strokeWidth="1.5" />
          <path d="M10 5.5v5.25M10 14.25v.01" {...mark} />
        </>
      )
    case 'not_applicable':
      return (
        <>
          <rect {...square} stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 2.4" />
          <path d="M7 10h6" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
        </>
      )
    case 'waived':
      return (
        <path
          d="M10 1.6L18.4 10 10 18.4 1.6 10z"
          className="fill-warn-bg"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinejoin="round"
        />
      )
    case 'open':
      return <rect {...square} stroke="currentColor" strokeWidth="1.5" />
  }
}
