'use client'
import { Button } from '#components/ui/button.tsx'
import { LinkButton } from '#components/ui/link-button.tsx'
import { isMine } from '#lib/runs/filter.ts'
import { heldBoard } from '#lib/runs/queries.ts'
import { paths } from '#lib/shared/paths.ts'
import { nextStep } from '../gate/next-step.ts'
import { isDone } from '../gate/slot-words.ts'
import { useBoard } from '../use-board.ts'
import { useRunAct } from '../use-run-act.ts'
import { openOverlay, useDesk } from './desk.ts'
import { goToItem } from './go-to-item.ts'

const wide = 'flex-1'

/** On a phone: the one thing to do now, under the thumb. */
export function ThumbBar() {
  const desk = useDesk()
  const verdict = useBoard((board) => (board.gate.go ? 'GO' : 'NO-GO'))
  const gated = useBoard((board) => board.run.state === 'preparing')
  const slot = useBoard(
    (board) => board.slots.find((one) => one.canSignGo && !isDone(one, board.viewer.memberId)) ?? null,
  )
  const mine = useBoard((board) => board.items.filter(isMine).length)
  const next = useBoard((board) => {
    const step = nextStep(board.run.state)
    return step && board.can[step.act] ? step.act : null
  })
  const state = useBoard((board) => board.run.state)
  const { run, pendingAct } = useRunAct()
  const step = nextStep(state)

  function toMine() {
    const items = heldBoard(desk)?.items.filter(isMine) ?? []
    const after = items.findIndex(({ key }) => key === desk.last.itemKey)
    const target = items[after + 1] ?? items[0]
    if (target) goToItem(target.key)
  }

  const action = slot ? (
    <LinkButton
      href={paths.sign({ ...desk.address, role: slot.slug })}
      variant="primary"
      size="lg"
      className={wide}
    >
      Sign as {slot.role}
    </LinkButton>
  ) : step && next ? (
    <Button
      variant="primary"
      size="lg"
      className={wide}
      pending={pendingAct === step.act}
      onClick={() => (step.confirm ? openOverlay(desk, { kind: step.confirm }) : void run(step.act))}
    >
      {step.label}
    </Button>
  ) : mine > 0 ? (
    <Button variant="primary" size="lg" className={wide} onClick={toMine}>
      Next of mine ({mine})
    </Button>
  ) : null
  if (!action) return null
  return (
    <div className="no-print sticky bottom-0 z-10 -mx-3.5 mt-6 -mb-20 flex items-center gap-3 border-t border-line bg-paper px-3.5 py-2.5 sm:-mx-7 sm:px-7 lg:hidden">
      {gated ? (
        <strong className={verdict === 'GO' ? 'font-bold text-go' : 'font-bold text-no'}>{verdict}</strong>
      ) : null}
      {action}
    </div>
  )
}
