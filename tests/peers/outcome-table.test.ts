import { expect, it } from 'vitest'
import { isPushed, KINDS } from '#lib/probes/kinds.ts'
import { demandOutcomes } from './outcomes/demand.ts'
import { FOUND, isNever } from './outcomes/scene.ts'
import { OUTCOME_TABLE } from './outcomes/table.ts'

// What is pushed needs the product’s own database, which probes of PostgreSQL must not reach: outcome-pushed.test.ts.
demandOutcomes(KINDS.filter((kind) => !isPushed(kind)))

it('leaves out no kind, and no outcome without a reason', () => {
  expect(Object.keys(OUTCOME_TABLE).toSorted()).toEqual([...KINDS].toSorted())
  const left = KINDS.flatMap((kind) =>
    FOUND.filter((outcome) => isNever(OUTCOME_TABLE[kind][outcome])).map((outcome) => `${kind} ${outcome}`),
  )
  expect(left).toEqual(['report error', 'heartbeat error'])
})
