import type { CompositeObservation } from './observations/composite.ts'
import type { Shown } from './shown-fact.ts'
import type { SingleLook } from './single-look.ts'

/** Each part's facts under its name, as `shownOf` shows a look of its kind. */
export function ofComposite({ parts }: CompositeObservation, shownOf: (look: SingleLook) => Shown): Shown {
  const each = parts.map(({ name, look }) => {
    const { facts, blocks } = shownOf(look)
    const broke = look.error === null ? '' : `: ${look.error.message}`
    return {
      facts: [
        { term: `Part “${name}”`, text: `${look.kind}${broke}` },
        ...facts.map((fact) => ({ ...fact, term: `${name}: ${fact.term}` })),
      ],
      blocks: blocks.map((block) => ({
        ...block,
        summary: `${name}: ${block.summary}`,
        label: `${name}: ${block.label}`,
      })),
    }
  })
  return { facts: each.flatMap(({ facts }) => facts), blocks: each.flatMap(({ blocks }) => blocks) }
}
