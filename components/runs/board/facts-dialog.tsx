'use client'
import { Dialog } from '#components/ui/dialog.tsx'
import { useBoard } from '../use-board.ts'
import { closeOverlay, useDesk } from './desk.ts'
import { FactQuestion } from './fact-question.tsx'

/** The questions behind the conditional lines. Nothing is set unseen: each answer names the items that follow it. */
export default function FactsDialog() {
  const desk = useDesk()
  const facts = useBoard((board) => board.facts)
  return (
    <Dialog
      title="Run facts"
      description="“No” marks the lines that hang on a question as not applicable, with that as the reason."
      size="md"
      onClose={() => closeOverlay(desk)}
    >
      <ul className="m-0 grid list-none gap-4 p-0">
        {facts.map((fact) => (
          <FactQuestion key={fact.key} fact={fact} />
        ))}
      </ul>
    </Dialog>
  )
}
