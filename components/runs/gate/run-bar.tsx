'use client'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { Menu } from '#components/ui/menu.tsx'
import type { RunAct } from '#lib/runs/board.ts'
import { paths } from '#lib/shared/paths.ts'
import { type Overlay, openOverlay, useDesk } from '../board/desk.ts'
import { useBoard } from '../use-board.ts'
import { useRunAct } from '../use-run-act.ts'
import { nextStep } from './next-step.ts'
import { RunSteps } from './run-steps.tsx'

type Line = {
  act: RunAct
  label: string
  kind: Exclude<Overlay['kind'], 'why' | 'menu' | 'notice'>
  danger?: boolean
}

const LINES: readonly Line[] = [
  { act: 'undoDeployed', label: 'Take back “Deployed”…', kind: 'undoDeployed' },
  { act: 'rollBack', label: 'Roll back…', kind: 'rollBack', danger: true },
  { act: 'abort', label: 'Abort…', kind: 'abort', danger: true },
  { act: 'correctRelease', label: 'Correct release…', kind: 'correctRelease' },
]

/** The next step of the run, why it is not open yet, and the rest of what can be done with it. */
export function RunBar() {
  const desk = useDesk()
  const state = useBoard((board) => board.run.state)
  const can = useBoard((board) => board.can)
  const why = useBoard((board) => board.why)
  const hasFacts = useBoard((board) => board.facts.length > 0)
  const { run, pendingAct } = useRunAct()
  const next = nextStep(state)
  const lines = LINES.filter(({ act }) => can[act])
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-2.5 lg:px-6.5">
      <RunSteps state={state} />
      <span className="flex-1" />
      {next && !can[next.act] ? (
        <p className="m-0 min-w-0 text-sm text-soft">{next.short(why[next.act] ?? '')}</p>
      ) : null}
      <span className="flex flex-wrap gap-2">
        {next ? (
          <Button
            variant={can[next.act] ? 'primary' : 'plain'}
            aria-disabled={can[next.act] ? undefined : true}
            title={can[next.act] ? undefined : why[next.act]}
            pending={pendingAct === next.act}
            onClick={() => {
              if (!can[next.act]) return
              if (next.confirm) openOverlay(desk, { kind: next.confirm })
              else void run(next.act)
            }}
          >
            {next.label}
          </Button>
        ) : null}
        {next ? null : <LinkButton href={paths.record(desk.address)}>Read the record</LinkButton>}
        <Menu
          label="More for this run"
          trigger="More"
          items={[
            ...lines.map(({ label, kind, danger }) => ({
              label,
              danger: danger === true,
              onSelect: () => openOverlay(desk, { kind }),
            })),
            ...(hasFacts
              ? [{ label: 'Run facts…', onSelect: () => openOverlay(desk, { kind: 'facts' }) }]
              : []),
            { label: 'Record', href: paths.record(desk.address) },
            { label: 'Audit trail', href: paths.audit(desk.address), kbd: 'g h' },
            { label: 'Keys', onSelect: () => openOverlay(desk, { kind: 'shortcuts' }), kbd: '?' },
          ]}
        />
      </span>
    </div>
  )
}
