'use client'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
import type { BoardView } from '#lib/runs/board.ts'
import { openOverlay, useDesk } from '../board/desk.ts'
import { useBoard } from '../use-board.ts'

const STOPPABLE: readonly string[] = ['deploying', 'verifying']

function objections({ slots, run }: BoardView) {
  if (!STOPPABLE.includes(run.state)) return []
  return slots.flatMap(({ role, decision, signer, reason }) =>
    decision === 'no_go' && signer ? [{ role, name: signer.name, reason }] : [],
  )
}

/** A no-go after Start: the machines are not stopped by it, so people must read it and act. */
export function Objection() {
  const desk = useDesk()
  const found = useBoard(objections)
  const can = useBoard((board) => board.can)
  const deploying = useBoard((board) => board.run.state === 'deploying')
  if (found.length === 0) return null
  return (
    <div className="border-t border-line px-4 py-3 lg:px-6.5">
      <Notice
        tone="error"
        live
        title={found.map(({ name, role }) => `${name} signed no-go as ${role} after the start`).join('; ')}
        action={
          <>
            {can.rollBack ? (
              <Button variant="danger" onClick={() => openOverlay(desk, { kind: 'rollBack' })}>
                Roll back…
              </Button>
            ) : null}
            {can.abort ? <Button onClick={() => openOverlay(desk, { kind: 'abort' })}>Abort…</Button> : null}
          </>
        }
      >
        {found.map(({ role, reason }) =>
          reason ? (
            <p key={role} className="m-0">
              “{reason}”
            </p>
          ) : null,
        )}
        <p className="m-0 mt-1 text-sm">
          {deploying
            ? 'Pipelines that ask the gate are told NO-GO from now on; what already runs must be stopped by hand. Roll back, abort, or let the role sign go again.'
            : 'The run cannot be closed over it. Roll back, abort, or let the role sign go again.'}
        </p>
      </Notice>
    </div>
  )
}
