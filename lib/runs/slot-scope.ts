import type { TemplateModel } from '#lib/templates/model.ts'

function isWithin({ path, wanted }: { path: readonly string[]; wanted: string }): boolean {
  return path.some((_, index) => {
    const prefix = path
      .slice(0, index + 1)
      .join('/')
      .toLowerCase()
    return prefix === wanted || prefix.endsWith(`/${wanted}`)
  })
}

/**
 * Keys of the prepare items that a role signs for. `scope`: titles or paths of sections, their subsections included; null
 * means all. A scope that names no section of the checklist covers everything, because a signature over nothing is none.
 */
export function resolveScope({
  scope,
  model,
}: {
  scope: readonly string[] | null
  model: TemplateModel
}): string[] {
  const prepare = model.items.filter(({ stage }) => stage === 'prepare')
  const all = prepare.map(({ key }) => key)
  if (scope === null) return all
  const wanted = scope.map((title) => title.trim().toLowerCase())
  const covered = new Set(
    model.sections
      .filter(({ path }) => wanted.some((one) => isWithin({ path, wanted: one })))
      .map(({ key }) => key),
  )
  const keys = prepare.filter(({ sectionKey }) => covered.has(sectionKey)).map(({ key }) => key)
  return keys.length > 0 ? keys : all
}
