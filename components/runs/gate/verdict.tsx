'use client'
import { cx } from '#components/ui/cx.ts'
import { isLive } from '#lib/shared/codes.ts'
import { counted, RUN_STATE_WORDS } from '#lib/shared/words.ts'
import { useBoard } from '../use-board.ts'

/** What the run ended as, for a run that is over: its gate no longer matters. */
const ENDED = { closed: 'CLOSED', rolled_back: 'ROLLED BACK', aborted: 'ABORTED' } as const

function isEnded(state: string): state is keyof typeof ENDED {
  return state in ENDED
}

/** GO or NO-GO, readable from across the room. */
export function Verdict() {
  const gate = useBoard((board) => board.gate)
  const state = useBoard((board) => board.run.state)
  const count = gate.reasons.length
  const words = gate.go
    ? 'everything that was asked for is there'
    : `${counted({ count, one: 'reason' })}, ${gate.ownCount === 0 ? 'none' : gate.ownCount} yours`
  const past = state === 'verifying' || state === 'rolling_back'
  if (isEnded(state) || past) {
    const title = isEnded(state) ? ENDED[state] : RUN_STATE_WORDS[state].toUpperCase()
    const against = state === 'verifying' && gate.reasons.some(({ code }) => code === 'slot_no_go')
    if (against)
      return (
        <Stand tone="no" title={title}>
          somebody signed no-go
        </Stand>
      )
    return (
      <Stand tone={state === 'closed' ? 'go' : past && state === 'verifying' ? 'calm' : 'warn'} title={title}>
        {isLive(state) ? 'the gate is behind us' : 'nothing changes any more'}
      </Stand>
    )
  }
  return (
    <Stand tone={gate.go ? 'go' : 'no'} title={gate.go ? 'GO' : 'NO-GO'}>
      {words}
    </Stand>
  )
}

const tones = {
  go: 'bg-go-bg text-go',
  no: 'bg-no-bg text-no',
  warn: 'bg-warn-bg text-warn',
  calm: 'bg-accent-bg text-accent',
}

function Stand({ tone, title, children }: { tone: keyof typeof tones; title: string; children: string }) {
  return (
    <div
      className={cx(
        'flex min-w-47 flex-wrap items-baseline justify-between gap-x-4 gap-y-1.5 px-4 py-3.5 lg:max-w-56 lg:flex-col lg:items-start lg:justify-center lg:px-6.5 lg:py-4',
        tones[tone],
      )}
    >
      <strong className="text-3xl/none font-bold tracking-[-0.03em]">{title}</strong>
      <span className="text-sm">{children}</span>
    </div>
  )
}
