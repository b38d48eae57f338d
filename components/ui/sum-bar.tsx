export type SumTone =
  | 'observed'
  | 'witnessed'
  | 'claimed'
  | 'tooOld'
  | 'unproven'
  | 'waived'
  | 'failed'
  | 'na'
export type SumPart = { label: string; count: number; tone: SumTone }

const fills: Record<SumTone, string> = {
  observed: 'fill-go',
  witnessed: 'fill-witnessed',
  claimed: 'fill-claimed',
  tooOld: 'fill-warn',
  unproven: 'fill-line',
  waived: 'fill-warn',
  failed: 'fill-no',
  na: 'fill-edge',
}

/** The run in one line. A picture with words: the legend beside it says the same. */
export function SumBar({ label, parts }: { label: string; parts: readonly SumPart[] }) {
  const total = parts.reduce((sum, part) => sum + part.count, 0)
  const spoken = parts.map((part) => `${part.count} ${part.label}`).join(', ')
  let before = 0
  return (
    <svg
      role="img"
      aria-label={`${label}: ${spoken}`}
      className="block h-1.5 w-full rounded-sm bg-line"
      preserveAspectRatio="none"
    >
      {parts.map((part) => {
        const x = total === 0 ? 0 : (before / total) * 100
        before += part.count
        const width = total === 0 ? 0 : (part.count / total) * 100
        return (
          <rect
            key={part.label}
            className={fills[part.tone]}
            x={`${x}%`}
            y="0"
            width={`${width}%`}
            height="100%"
          />
        )
      })}
    </svg>
  )
}
