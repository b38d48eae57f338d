import { cx } from '#components/ui/cx.ts'
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

/** Marks alone, where no look has a number: they stand in one row. */
const ROW = 2 * PAD

/** The last looks of a probe as a small chart. The rows below it are its table. */
export function LookChart({ series: { title, threshold, points } }: { series: LookSeries }) {
  const height = title === null ? ROW : HEIGHT
  const known = points.flatMap(({ value }) => (value === null ? [] : [value]))
  const top = Math.max(...known, threshold ?? 0, Number.EPSILON)
  const bottom = Math.min(0, ...known)
  const width = Math.max(points.length * 12, 120)
  const step = (width - 2 * PAD) / Math.max(points.length - 1, 1)
  const yOf = (value: number) => height - PAD - ((value - bottom) / (top - bottom)) * (height - 2 * PAD)
  const placed = points.map((point, index) => ({
    point,
    x: PAD + index * (title === null ? ROW : step),
    y: point.value === null ? height - PAD : yOf(point.value),
  }))
  const line = placed.filter(({ point }) => point.value !== null).map(({ x, y }) => `${x},${y}`)
  const looks = `last ${points.length} looks`
  const measure = title === null ? '' : `; from ${points[0]?.text} to ${points.at(-1)?.text}`
  return (
    <figure className="m-0 mb-4">
      <svg
        role="img"
        aria-label={`${title === null ? looks : `${title}, ${looks}`}: ${counted(points)}${measure}`}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="xMinYMid meet"
        className={cx('block w-full max-w-120', title === null ? 'h-3' : 'h-14')}
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
        {title === null ? null : <span className="font-mono">{title}: </span>}
        {looks}, {counted(points)}
        {threshold === null ? '' : '; the dashed line is what is asked'}
      </figcaption>
    </figure>
  )
}
