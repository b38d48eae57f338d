import type { TemplateModel } from '#lib/templates/model.ts'
import { scopeItemKeys } from '#lib/templates/scope.ts'

/**
 * Keys of the prepare items that a role signs for, as the template names them. A scope that names no item covers
 * everything, because a signature over nothing is none.
 */
export function resolveScope({ scope, model }: { scope: string[] | null; model: TemplateModel }): string[] {
  const keys = scopeItemKeys({ model, scope })
  return keys.length > 0 ? keys : scopeItemKeys({ model, scope: null })
}
