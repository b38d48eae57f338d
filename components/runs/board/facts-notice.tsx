'use client'
import { Button } from '#components/ui/button.tsx'
import { counted } from '#lib/shared/words.ts'
import { useBoard } from '../use-board.ts'
import { openOverlay, useDesk } from './desk.ts'

/** Run facts that nobody answered yet: they decide which conditional lines apply. */
export function FactsNotice() {
  const desk = useDesk()
  const open = useBoard((board) => board.facts.filter(({ answer }) => answer === null).length)
  const may = useBoard((board) => board.can.answerFact)
  if (open === 0 || !may) return null
  return (
    <p className="m-0 mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-soft">
      <span>
        {counted({ count: open, one: 'run fact is', many: 'run facts are' })} not answered; the answers say
        which “if applicable” lines apply.
      </span>
      <Button size="sm" onClick={() => openOverlay(desk, { kind: 'facts' })}>
        Answer
      </Button>
    </p>
  )
}
