'use client'
import { Button } from '#components/ui/button.tsx'
import { Notice } from '#components/ui/notice.tsx'
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
    <Notice
      tone="info"
      className="mt-3"
      action={<Button onClick={() => openOverlay(desk, { kind: 'facts' })}>Answer</Button>}
    >
      {counted({ count: open, one: 'run fact is', many: 'run facts are' })} not answered. The answers say which “if
      applicable” lines apply.
    </Notice>
  )
}
