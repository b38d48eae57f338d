import { nothingToTick } from '#lib/templates/check-source.ts'
import { matchItems } from '#lib/templates/match-items.ts'
import { parseTemplate } from '#lib/templates/parse.ts'
import type { ParseAnswer, ParseRequest } from './parse-messages.ts'

/** Reads checklists beside the page, so that a long one never holds up a key. */
self.addEventListener('message', ({ data }: MessageEvent<ParseRequest>) => {
  const { id, text, earlier } = data
  const model = parseTemplate(text)
  const problems =
    model.problems.length === 0 && model.items.length === 0 ? [nothingToTick(text)] : model.problems
  const matches = earlier ? matchItems({ earlier, later: model }) : null
  // Prose is not shown on the board, and a long text has much of it.
  const answer: ParseAnswer = { id, model: { ...model, keptAsText: [] }, problems, matches }
  self.postMessage(answer)
})
