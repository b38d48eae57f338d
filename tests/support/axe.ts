import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds wrong with the page as it stands, a line each; by all its rules, or only by those of `tags` or `rules`. */
export async function axeFaults(
  page: Page,
  { tags, rules }: { tags?: string[]; rules?: string[] } = {},
): Promise<string[]> {
  // In the page itself, without the second one that frames of other origins would need; and of what passes only its number is told.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  if (tags) axe.withTags(tags)
  if (rules) axe.withRules(rules)
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}
