import type { LookSeries, SeriesPoint } from '#lib/probes/look-series.ts'
import { VERDICT_WORDS } from '#lib/shared/words.ts'

const HEIGHT = 56
/** Room for the marks at the edges. */
const PAD = 6

const TONES = { pass: 'fill-go', fail: 'fill-no', inconclusive: 'fill-warn' } as const

/** Not by colour alone: a disc, a square, a triangle. */
function Mark({ x, y, verdict }: { x: number; y: number; verdict: SeriesPoint['verdict'] }) {
  const tone = TONES[verdict]
  if (verdict === 'pass') return <circle className={tone} cx={x} cy={y} r="3" />
  if (verdict === 'fail') return <rect className={tone} x={x - 3} y={y - 3} width="6" height="6" />
  return <path className={tone} d={`M${x} ${y - 4} L${x + 4} ${y + 3} L${x - 4} ${y + 3} Z`} />
}

function counted(points: readonly SeriesPoint[]): string {
  const parts = (['pass', 'fail', 'inconclusive'] as const).flatMap((verdict) => {
    const count = points.filter((point) => point.verdict === verdict).length
    return count === 0 ? [] : [`${count} ${VERDICT_WORDS[verdict]}`]
  })
  return parts.join(', ')
}

/** The last looks of a probe as a small chart. The rows below it are its table. */
export function LookChart({ series: { title, threshold, points } }: { series: LookSeries }) {
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]))
  const top = Math.max(...known, threshold ?? 0, Number.EPSILON)
  const bottom = Math.min(0, ...known)
  const width = Math.max(points.length * 12, 120)
  const step = (width - 2 * PAD) / Math.max(points.length - 1, 1)
  const yOf = (value: number) => HEIGHT - PAD - ((value - bottom) / (top - bottom)) * (HEIGHT - 2 * PAD)
  const placed = points.map((point, index) => ({
    point,
    x: PAD + index * step,
    y: point.value === null ? HEIGHT - PAD : yOf(point.value),
  }))
  const line = placed.filter(({ point }) => point.value !== null).map(({ x, y }) => `${x},${y}`)
  const spoken = `${title}, last ${points.length} looks: ${counted(points)}; from ${points[0]?.text} to ${points.at(-1)?.text}`
  return (
    <figure className="m-0 mb-4">
      <svg
        role="img"
        aria-label={spoken}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        className="block h-14 w-full max-w-120"
      >
        {threshold === null ? null : (
          <line
            className="stroke-edge"
            strokeDasharray="3 3"
            x1="0"
            x2={width}
            y1={yOf(threshold)}
            y2={yOf(threshold)}
          />
        )}
        <polyline className="fill-none stroke-line" points={line.join(' ')} />
        {placed.map(({ point, x, y }) => (
          <Mark key={`${point.at} ${x}`} x={x} y={y} verdict={point.verdict} />
        ))}
      </svg>
      <figcaption className="mt-1 text-xs text-soft">
        <span className="font-mono">{title}</span>: last {points.length} looks, {counted(points)}
        {threshold === null ? '' : '; the dashed line is what is asked'}
      </figcaption>
    </figure>
  )
}
