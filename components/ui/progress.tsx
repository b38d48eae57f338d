import { cx } from './cx.ts'

const tones = { accent: 'text-accent', go: 'text-go', warn: 'text-warn', no: 'text-no' } as const

/** How far a piece of work is; without `value` only that it goes on. */
export function Progress({
  label,
  value,
  max = 100,
  tone = 'accent',
  showText = false,
}: {
  label: string
  value?: number
  max?: number
  tone?: keyof typeof tones
  showText?: boolean
}) {
  return (
    <div className="grid gap-1">
      {showText ? (
        <p aria-hidden="true" className="m-0 flex justify-between gap-3 text-xs text-soft">
          <span>{label}</span>
          <span>{value === undefined ? '' : `${value} of ${max}`}</span>
        </p>
      ) : null}
      <progress aria-label={label} value={value} max={max} className={cx('meter', tones[tone])} />
    </div>
  )
}
