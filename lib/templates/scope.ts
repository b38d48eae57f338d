import type { TemplateModel, TemplateSection } from './model.ts'
import { wordsOf } from './stages.ts'

/**
 * Keys of the items that a slot signs for, in document order. Without a scope these are all prepare items, with one
 * those in the sections it names: what can only be done after the go cannot be signed before it.
 */
export function scopeItemKeys({
  model,
  scope,
}: {
  model: Pick<TemplateModel, 'sections' | 'items'>
  scope: string[] | null
}): string[] {
  const prepare = model.items.filter((item) => item.stage === 'prepare')
  if (scope === null) return prepare.map(({ key }) => key)
  const inside = new Set(model.sections.filter((section) => isNamed(section, scope)).map(({ key }) => key))
  return prepare.filter(({ sectionKey }) => inside.has(sectionKey)).map(({ key }) => key)
}

/** True when one of the entries names the section or a heading above it, by title or by path ("A/B"). */
function isNamed(section: TemplateSection, scope: string[]): boolean {
  const path = section.path.map(wordsOf)
  return scope.some((entry) => {
    const whole = [wordsOf(entry)]
    const parts = entry.split(/[/›>]/u).map(wordsOf)
    return containsRun(path, whole) || containsRun(path, parts)
  })
}

function containsRun(path: string[], run: string[]): boolean {
  return path.some((_, start) => run.every((part, index) => part !== '' && path[start + index] === part))
}
