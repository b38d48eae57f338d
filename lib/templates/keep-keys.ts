import { ok, type Result, refuse } from '#lib/shared/result.ts'
import { createKeyring } from './identity.ts'
import { matchItems } from './match-items.ts'
import { isCertain, type MatchModel } from './matching.ts'
import type { TemplateModel } from './model.ts'

/** What a person said: key of the freshly read item → key of the earlier item it continues, or null for none. */
export type Identity = Readonly<Record<string, string | null>>

/**
 * The model under the keys that its items keep from the version before. Certain matches go on by themselves, all else only
 * where `identity` says so, and where it says null the item is new. Counts the items that go on.
 */
export function keepKeys({
  model,
  earlier,
  identity = {},
}: {
  model: TemplateModel
  earlier: MatchModel
  identity?: Identity
}): Result<{ model: TemplateModel; continued: number }> {
  const fresh = new Set(model.items.map(({ key }) => key))
  const known = new Set(earlier.items.map(({ key }) => key))
  const kept = new Map<string, string>()
  for (const match of matchItems({ earlier, later: model }).items)
    if (match.earlierKey !== null && isCertain(match)) kept.set(match.laterKey, match.earlierKey)
  for (const [laterKey, earlierKey] of Object.entries(identity)) {
    if (!fresh.has(laterKey)) return wrong(`The text has no item "${laterKey}" now.`)
    if (earlierKey === null) kept.delete(laterKey)
    else if (!known.has(earlierKey)) return wrong(`The version before has no item "${earlierKey}".`)
    else kept.set(laterKey, earlierKey)
  }
  const taken = new Map<string, string>()
  for (const [laterKey, earlierKey] of kept) {
    const other = taken.get(earlierKey)
    if (other !== undefined)
      return wrong(`"${other}" and "${laterKey}" cannot both continue the item "${earlierKey}".`)
    taken.set(earlierKey, laterKey)
  }
  return ok({ model: renamed(model, kept), continued: kept.size })
}

function wrong(message: string): Result<never> {
  return refuse({
    code: 'identity_mismatch',
    message: `${message} Look over which items keep their history and publish again.`,
    fields: { identity: message },
  })
}

/** Kept keys are given out first: a key that was derived anew must never take one away. */
function renamed(model: TemplateModel, kept: ReadonlyMap<string, string>): TemplateModel {
  const keys = createKeyring()
  for (const key of kept.values()) keys.take(key)
  const names = new Map(model.items.map(({ key }) => [key, kept.get(key) ?? keys.take(key)]))
  const nameOf = (key: string) => names.get(key) ?? key
  return {
    ...model,
    items: model.items.map((item) => ({ ...item, key: nameOf(item.key) })),
    facts: model.facts.map((fact) => ({ ...fact, itemKeys: fact.itemKeys.map(nameOf) })),
  }
}
