import type { TemplateItem, TemplateModel } from './model.ts'

/**
 * How a later item was found among the earlier ones: `same` text in the same section, `id` where the annotation (or a key
 * that was kept before) says so, `moved` to another section with its text, the two `reworded` by likeness of words.
 */
export type MatchHow = 'same' | 'id' | 'reworded' | 'moved' | 'reworded and moved' | 'new'

export type ItemMatch = {
  laterKey: string
  earlierKey: string | null
  how: MatchHow
  /** 0 to 1. Less than 1 where words were compared, or where the text stands in several places; 0 for a new item. */
  score: number
}

export type Matches = {
  /** One for each later item, in its document's order. */
  items: ItemMatch[]
  /** Keys of the earlier items that none of them continues, in order. */
  gone: string[]
}

export type MatchModel = Pick<TemplateModel, 'sections' | 'items'>
export type Found = { earlier: TemplateItem; how: Exclude<MatchHow, 'new'>; score: number }

/** True for a match that needs nobody's yes: an id, or the same text where there is no second one to take it for. */
export function isCertain({ how, score }: Pick<ItemMatch, 'how' | 'score'>): boolean {
  return score === 1 && (how === 'same' || how === 'id' || how === 'moved')
}

/** Two ids that differ were written to tell two items apart. */
export function mayBeOne(earlier: TemplateItem, later: TemplateItem): boolean {
  return earlier.id === undefined || later.id === undefined || earlier.id === later.id
}
