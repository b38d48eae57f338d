import type { Drafts } from './drafts.ts'
import { type Condition, findCondition } from './facts.ts'
import type { TemplateFact, TemplateItem, TemplateSection } from './model.ts'

/**
 * The questions asked when a run is opened, in document order; sets `factKey` on the items they decide about. An item's own
 * condition counts before that of the sections it stands in.
 */
export function settleFacts(input: {
  drafts: Drafts
  items: TemplateItem[]
  sections: TemplateSection[]
}): TemplateFact[] {
  const { drafts, items, sections } = input
  const facts = new Map<string, TemplateFact>()
  const conditions: (Condition | null)[] = []
  for (const { title, isTitle, parent } of drafts.sections) {
    const own = isTitle ? null : findCondition(title)
    conditions.push(own ?? (parent === null ? null : (conditions[parent] ?? null)))
  }
  const ofSection = new Map(sections.map(({ key }, index) => [key, conditions[index] ?? null]))
  for (const item of items) {
    const condition = findCondition(item.text) ?? ofSection.get(item.sectionKey) ?? null
    if (condition === null) continue
    item.factKey = condition.key
    const fact = facts.get(condition.key) ?? { ...condition, itemKeys: [] }
    fact.itemKeys.push(item.key)
    facts.set(condition.key, fact)
  }
  return [...facts.values()]
}
