'use client'
import { InlineText } from '../item/inline-text.tsx'
import { useBoard } from '../use-board.ts'
import { TRIGGERS_ANCHOR } from './section-anchor.ts'

/** When to roll back, as the checklist says it. */
export function TriggersSection() {
  const triggers = useBoard((board) => board.triggers)
  if (triggers.length === 0) return null
  return (
    <section id={TRIGGERS_ANCHOR} aria-labelledby={`${TRIGGERS_ANCHOR}-title`} className="mt-6 scroll-mt-16">
      <h2 id={`${TRIGGERS_ANCHOR}-title`} className="m-0 mb-2 text-lg font-bold tracking-tight">
        Rollback triggers
      </h2>
      <ul className="m-0 list-none divide-y divide-line overflow-clip rounded-xl border border-line bg-paper p-0">
        {triggers.map((trigger) => (
          <li key={trigger.key} className="px-3.5 py-2.5">
            <InlineText text={trigger.text} />
          </li>
        ))}
      </ul>
    </section>
  )
}
