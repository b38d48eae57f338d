/** Directives in lower case with their sources in lower case. */
export type Policy = { sources: Map<string, Set<string>>; repeatsReporting: boolean }
type Source = { text: string; policy: number; keep: boolean }

/** `img-src` less one letter: nothing shorter can be a policy. */
const SHORTEST = 6
const MAY_REPEAT = ['report-uri', 'report-to']
const { compare } = new Intl.Collator('en')

/**
 * Several policies as one, as the Observatory joins them: a source counts when it stands in all of them. Null for what cannot be read:
 * too short, or a directive twice in one policy, which browsers would silently ignore.
 */
export function joinedPolicy(texts: readonly string[]): Policy | null {
  const policies = texts.map((text) => text.replaceAll(/[\r\n]/g, '').trim())
  if (policies.some((policy) => policy.length < SHORTEST)) return null
  const joined = new Map<string, Source[]>()
  let repeatsReporting = false
  for (const [policy, text] of policies.entries()) {
    const seen = new Set<string>()
    for (const [name = '', ...values] of text.split(';').map((entry) => entry.trim().split(/\s+/))) {
      const directive = name.toLowerCase()
      if (directive === '') continue
      if (seen.has(directive)) {
        if (!MAY_REPEAT.includes(directive)) return null
        repeatsReporting = true
      }
      seen.add(directive)
      const earlier = policy === 0 ? [] : (joined.get(directive) ?? [])
      const kept = keptOf([...earlier, ...sourcesOf({ directive, values, policy })])
      if (kept === null) return null
      if (policy === 0 && policies.length > 1) for (const source of kept) source.keep = false
      joined.set(directive, kept)
    }
  }
  const sources = new Map(
    [...joined].map(([directive, list]) => [
      directive,
      new Set(list.length === 0 ? ["'none'"] : list.map(({ text }) => text)),
    ]),
  )
  return { sources, repeatsReporting }
}

/** A list of sources without any is 'none'. */
function sourcesOf({
  directive,
  values,
  policy,
}: {
  directive: string
  values: string[]
  policy: number
}): Source[] {
  const texts = values.length === 0 && directive.endsWith('-src') ? ["'none'"] : values
  return texts.map((text) => ({ text: text.toLowerCase(), policy, keep: policy === 0 }))
}

/** Drops what a shorter source of the same policy covers, and what only one of two policies has. Null: not readable. */
function keptOf(sources: readonly Source[]): Source[] | null {
  const sorted = sources.toSorted((left, right) => compare(left.text, right.text))
  for (const [index, source] of sorted.entries()) {
    const before = sorted[index - 1]
    if (before === undefined) continue
    if (source.policy === before.policy) {
      if (source.text.startsWith(before.text)) source.keep = false
      continue
    }
    const isCovered = covers(before.text, source.text)
    if (isCovered === null) return null
    if (isCovered) source.keep = true
  }
  return sorted.filter(({ keep }) => keep)
}

/** Does a source cover another (CSP 3, 6.7.2.11, path part)? Null when a percent sign means nothing. */
function covers(wide: string, narrow: string): boolean | null {
  if (wide === '' || (wide === '/' && narrow === '')) return true
  const isExact = !wide.endsWith('/')
  const [parts, others] = [wide.split('/'), narrow.split('/')]
  if (parts.length > others.length || (isExact && parts.length !== others.length)) return false
  if (!isExact) parts.pop()
  try {
    return parts.every((part, index) => decodeURIComponent(part) === decodeURIComponent(others[index] ?? ''))
  } catch {
    return null
  }
}
