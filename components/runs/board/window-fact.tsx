'use client'
import { cx } from '#components/ui/cx.ts'
import { Time } from '#components/ui/time.tsx'
import { formatDuration } from '#lib/shared/time.ts'
import { useBoard } from '../use-board.ts'
import { useNow } from '../use-now.ts'

/** Minutes are enough: a second that ticks pulls the eye. */
const inMinutes = (span: number): string =>
  formatDuration(Math.max(60_000, Math.floor(span / 60_000) * 60_000))

function untilWords({ start, end, now }: { start: number | null; end: number | null; now: number }): {
  words: string
  tone: string
} {
  if (start !== null && now < start) return { words: `opens in ${inMinutes(start - now)}`, tone: 'text-soft' }
  if (end === null) return { words: 'open', tone: 'text-go' }
  if (now > end) return { words: `closed ${inMinutes(now - end)} ago`, tone: 'text-no' }
  return { words: `closes in ${inMinutes(end - now)}`, tone: end - now < 900_000 ? 'text-warn' : 'text-go' }
}

/** When it may be deployed, in the viewer's zone, and how long that is from now. */
export function WindowFact({ start, end }: { start: number | null; end: number | null }) {
  const first = useBoard((board) => board.now)
  const now = useNow({ first, everyMs: 20_000 })
  const { words, tone } = untilWords({ start, end, now })
  const isOver = useBoard((board) => board.run.endedAt !== null)
  const isShort = start !== null && end !== null && end - start < 64_800_000
  const oneDay = isShort && Math.abs(start - now) < 64_800_000
  return (
    <>
      {start === null ? 'until ' : <Time at={new Date(start)} show={oneDay ? 'hour' : 'minute'} />}
      {start !== null && end !== null ? '–' : ''}
      {end === null ? ' on' : <Time at={new Date(end)} show={isShort ? 'hour' : 'minute'} />}
      {isOver ? null : <span className={cx('font-normal', tone)}>, {words}</span>}
    </>
  )
}
