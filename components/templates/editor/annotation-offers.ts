import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import type { Extension } from '@codemirror/state'
import { offersAt, type Vocabulary } from '#lib/templates/complete-annotation.ts'

/** An annotation is shorter than this; what stands before cannot be a part of it. */
const LOOKED_BACK = 2_000

/** Offers kinds, settings, roles and variables while an annotation is written. `words` is asked each time. */
export function annotationOffers(words: () => Vocabulary): Extension {
  const source = ({ state, pos, explicit }: CompletionContext): CompletionResult | null => {
    const start = Math.max(0, pos - LOOKED_BACK)
    const found = offersAt(state.sliceDoc(start, pos), words())
    if (!found || (found.offers.length === 0 && !explicit)) return null
    return {
      from: start + found.from,
      options: found.offers.map(({ label, insert, detail }) => ({ label, apply: insert, detail })),
      validFor: /^[\w"${]*$/,
    }
  }
  return autocompletion({ override: [source], icons: false })
}
