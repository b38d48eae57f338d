import { CopyButton } from './copy-button.tsx'
import { cx } from './cx.ts'

/** First and last four hex digits; an algorithm's prefix (`sha256:`) stays. Short values stay whole. */
function short(value: string): string {
  const [, prefix = '', hex = value] = /^([a-z0-9-]+:)?(.*)$/i.exec(value) ?? []
  return hex.length <= 12 ? value : `${prefix}${hex.slice(0, 4)}…${hex.slice(-4)}`
}

export function Digest({
  value,
  copy = false,
  full = false,
  className,
}: {
  value: string
  copy?: boolean
  full?: boolean
  className?: string
}) {
  return (
    <span className={cx('inline-flex max-w-full items-center gap-1.5 font-mono', className)}>
      <span title={full ? undefined : value} className={full ? 'break-all' : undefined}>
        {full ? value : short(value)}
      </span>
      {copy ? <CopyButton text={value} label="Copy digest" compact /> : null}
    </span>
  )
}
