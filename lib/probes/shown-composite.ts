import { curlOf } from './curl.ts'
import type { CompositeObservation } from './observations/composite.ts'
import { byHand, type Shown } from './shown-fact.ts'
import type { SingleLook } from './single-look.ts'

/** Each part under its name, as `shownOf` shows a look of its kind. */
export function ofComposite({ parts }: CompositeObservation, shownOf: (look: SingleLook) => Shown): Shown {
  return {
    facts: [],
    blocks: [],
    parts: parts.map(({ name, look }) => {
      const { facts, blocks } = shownOf(look)
      const broke = look.error === null ? [] : [{ term: 'Error', text: look.error.message }]
      const curl = curlOf(look)
      return {
        title: `Part “${name}”, ${look.kind}`,
        facts: [...broke, ...facts],
        blocks: [...blocks, ...(curl === null ? [] : [byHand(curl)])].map((block) => ({
          ...block,
          label: `${block.label} of ${name}`,
        })),
      }
    }),
  }
}
