import { cx } from '#components/ui/cx.ts'
import type { RunState } from '#lib/shared/codes.ts'

const AHEAD = [
  { state: 'preparing', word: 'Prepare' },
  { state: 'deploying', word: 'Deploy' },
  { state: 'verifying', word: 'Verify' },
  { state: 'closed', word: 'Closed' },
] as const

const BACK = [
  { state: 'rolling_back', word: 'Rolling back' },
  { state: 'rolled_back', word: 'Rolled back' },
] as const

function stepsOf(state: RunState): readonly { state: string; word: string }[] {
  if (state === 'rolling_back' || state === 'rolled_back') return [...AHEAD.slice(0, 2), ...BACK]
  if (state === 'aborted') return [{ state: 'aborted', word: 'Aborted' }]
  return AHEAD
}

/** Where the run is on its way. */
export function RunSteps({ state }: { state: RunState }) {
  return (
    <ol
      aria-label="Stages"
      className="m-0 flex list-none flex-wrap items-center gap-x-2 p-0 text-sm text-faint"
    >
      {stepsOf(state).map((step, place) => (
        <li
          key={step.state}
          className="flex items-center gap-x-2"
          aria-current={step.state === state ? 'step' : undefined}
        >
          {place > 0 ? <span aria-hidden="true">→</span> : null}
          <span className={cx(step.state === state && 'font-strong text-ink')}>{step.word}</span>
        </li>
      ))}
    </ol>
  )
}
