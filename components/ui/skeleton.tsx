const widths = ['w-11/12', 'w-full', 'w-4/5', 'w-10/12', 'w-3/5'] as const

/** Keeps the place of text that is still loading; unseen for the first 200 ms. */
export function Skeleton({ lines = 3, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div role="status" className="appear-late grid gap-2.5">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <span
          key={line}
          aria-hidden="true"
          className={`h-3.5 rounded-sm bg-line ${widths[line % widths.length]}`}
        />
      ))}
    </div>
  )
}
