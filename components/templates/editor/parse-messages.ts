import type { Matches, MatchModel } from '#lib/templates/matching.ts'
import type { TemplateModel, TemplateProblem } from '#lib/templates/model.ts'

/** `earlier`: the version before, when its items are to be found again. */
export type ParseRequest = { id: number; text: string; earlier: MatchModel | null }
export type ParseAnswer = {
  id: number
  model: TemplateModel
  problems: TemplateProblem[]
  matches: Matches | null
}
