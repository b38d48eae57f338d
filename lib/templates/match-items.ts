import { identityText } from './identity.ts'
import { fuzzyMatches } from './match-words.ts'
import { type Found, type Matches, type MatchModel, mayBeOne } from './matching.ts'
import type { TemplateItem } from './model.ts'

/**
 * Which items of an earlier version go on in a later source. Ids first, then equal text in the section, then equal text
 * elsewhere, then likeness of words; each earlier item is used once. `later` is freshly read: its keys are its own.
 */
export function matchItems({ earlier, later }: { earlier: MatchModel; later: MatchModel }): Matches {
  const found = new Map<TemplateItem, Found>()
  const left = new Set(earlier.items)
  const take = (item: TemplateItem, match: Found) => {
    found.set(item, match)
    left.delete(match.earlier)
  }
  matchIds({ earlier: [...left], later: later.items, take })
  matchTexts({
    earlier: left,
    later: without(later.items, found),
    take,
    by: ({ sectionKey }) => sectionKey,
    how: 'same',
  })
  // A wording that was taken back: the item has kept its first key since.
  const keys = new Map([...left].map((item) => [item.key, item]))
  for (const item of without(later.items, found)) {
    const kept = keys.get(item.key)
    if (kept && left.has(kept) && mayBeOne(kept, item)) take(item, { earlier: kept, how: 'id', score: 1 })
  }
  const titles = titlesOf([earlier, later])
  const title = ({ sectionKey }: TemplateItem) => titles.get(sectionKey) ?? ''
  matchTexts({ earlier: left, later: without(later.items, found), take, by: title, how: 'moved' })
  matchTexts({ earlier: left, later: without(later.items, found), take, by: () => '', how: 'moved' })
  for (const [item, match] of fuzzyMatches({ earlier, later, found, left })) take(item, match)
  return {
    items: later.items.map((item) => {
      const match = found.get(item)
      if (!match) return { laterKey: item.key, earlierKey: null, how: 'new', score: 0 }
      return { laterKey: item.key, earlierKey: match.earlier.key, how: match.how, score: match.score }
    }),
    gone: earlier.items.filter((item) => left.has(item)).map(({ key }) => key),
  }
}

function without(items: readonly TemplateItem[], found: ReadonlyMap<TemplateItem, Found>): TemplateItem[] {
  return items.filter((item) => !found.has(item))
}

function matchIds(input: {
  earlier: TemplateItem[]
  later: TemplateItem[]
  take: (item: TemplateItem, match: Found) => void
}): void {
  const keys = new Map(input.earlier.map((item) => [item.key, item]))
  // An id counts before a key: a key may be the id that another item had once.
  const ids = new Map([
    ...keys,
    ...input.earlier.flatMap((item) => (item.id ? [[item.id, item] as const] : [])),
  ])
  const used = new Set<TemplateItem>()
  for (const item of input.later) {
    const match = item.id === undefined ? undefined : ids.get(item.id)
    if (!match || used.has(match) || !mayBeOne(match, item)) continue
    used.add(match)
    const same = match.sectionKey === item.sectionKey && identityText(match.text) === identityText(item.text)
    input.take(item, { earlier: match, how: same ? 'same' : 'id', score: 1 })
  }
}

/** Pairs items of equal text among those that `by` puts together, in document order. */
function matchTexts(input: {
  earlier: ReadonlySet<TemplateItem>
  later: TemplateItem[]
  take: (item: TemplateItem, match: Found) => void
  by: (item: TemplateItem) => string
  how: 'same' | 'moved'
}): void {
  const name = (item: TemplateItem) => `${input.by(item)}\u0000${identityText(item.text)}`
  const waiting = grouped([...input.earlier], name)
  for (const [group, items] of grouped(input.later, name)) {
    const candidates = waiting.get(group) ?? []
    // Where one of several equal texts is gone nobody can tell which one.
    const isClear =
      input.how === 'same' ||
      candidates.length === items.length ||
      (candidates.length === 1 && items.length === 1)
    for (const item of items) {
      const at = candidates.findIndex((candidate) => mayBeOne(candidate, item))
      if (at === -1) continue
      const [earlier] = candidates.splice(at, 1)
      if (earlier) input.take(item, { earlier, how: input.how, score: isClear ? 1 : 0.9 })
    }
  }
}

function grouped(
  items: readonly TemplateItem[],
  by: (item: TemplateItem) => string,
): Map<string, TemplateItem[]> {
  const groups = new Map<string, TemplateItem[]>()
  for (const item of items) {
    const group = groups.get(by(item))
    if (group) group.push(item)
    else groups.set(by(item), [item])
  }
  return groups
}

function titlesOf(models: MatchModel[]): Map<string, string> {
  return new Map(
    models.flatMap(({ sections }) => sections.map(({ key, title }) => [key, identityText(title)] as const)),
  )
}
