import type { Replay } from '#lib/runs/replay.ts'

/** Whether the verdict follows from what was kept: a verdict that nobody can derive again proves nothing. */
export function ReplayLine({ replay }: { replay: Replay }) {
  if (replay.is === 'same' || replay.is === 'worded')
    return (
      <p className="m-0 text-xs text-soft">
        Judged again from what is kept here: the same verdict
        {replay.is === 'worded' ? `, which this version words: ${replay.line}` : '.'}
      </p>
    )
  return (
    <p className="m-0 text-xs text-warn">
      {replay.is === 'other'
        ? `Judged again by the rules of this version it would say: ${replay.line}`
        : 'This version cannot read what was kept, so it cannot be judged again here.'}
    </p>
  )
}
