'use client'
import { isGateAsked } from '#lib/shared/codes.ts'
import { LateDisclosure } from '../board/late-disclosure.tsx'
import { useBoard } from '../use-board.ts'
import { Objection } from './objection.tsx'
import { Reasons } from './reasons.tsx'
import { RunBar } from './run-bar.tsx'
import { SlotCard } from './slot-card.tsx'
import { Verdict } from './verdict.tsx'

/** The answer first: may it go, who has signed, what can be done with the run now. */
export function GateBlock() {
  const slots = useBoard((board) => board.slots)
  const gate = useBoard((board) => board.gate)
  const isAsked = useBoard((board) => isGateAsked(board.run.state))
  const mine = slots.find((slot) => slot.canSignGo) ?? slots.find((slot) => slot.canOpen)
  return (
    <section aria-label="Gate" className="overflow-hidden rounded-2xl border border-line bg-paper">
      <div className="lg:grid lg:grid-cols-[auto_minmax(0,1fr)]">
        <Verdict />
        {gate.go || !isAsked ? null : (
          <div className="border-t border-hair px-4 py-2.5 lg:hidden">
            <LateDisclosure summary={`Why no-go${gate.ownCount > 0 ? `: ${gate.ownCount} yours` : ''}`}>
              {() => <Reasons />}
            </LateDisclosure>
          </div>
        )}
        <div className="-ml-px overflow-hidden">
          <div className="-mt-px grid grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] lg:h-full lg:grid-cols-[repeat(auto-fit,minmax(10rem,1fr))]">
            {slots.map((slot) => (
              <SlotCard key={slot.role} slot={slot} mine={slot === mine} />
            ))}
            {slots.length === 0 ? (
              <p className="m-0 border-t border-hair px-4.5 py-4 text-soft">
                This checklist names nobody who signs, so its gate can never say GO. Add a sign-off table to
                the template.
              </p>
            ) : null}
          </div>
        </div>
      </div>
      <Objection />
      <RunBar />
    </section>
  )
}
