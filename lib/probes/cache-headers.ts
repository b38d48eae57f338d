type Line = { name: string; value: string }

/** The directives of cache-control, names in lower case, quotes taken off; the first of a name counts (RFC 9111, 4.2.1). */
export function cacheDirectives(header: string | null): Map<string, string> {
  const found = new Map<string, string>()
  for (const part of (header ?? '').split(',')) {
    const [name = '', ...rest] = part.trim().split('=')
    const key = name.trim().toLowerCase()
    if (key !== '' && !found.has(key))
      found.set(
        key,
        rest
          .join('=')
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      )
  }
  return found
}

/** Headers in which caches say whether they answered from their store; `age` only exists in a stored answer (RFC 9111, 5.1). */
const SPEAKING = [
  'cache-status',
  'cf-cache-status',
  'x-cache',
  'x-cache-status',
  'x-vercel-cache',
  'cdn-cache',
  'x-proxy-cache',
  'server-timing',
  'age',
]

/** What caches in front say about one answer, as `name: value` joined with "; "; '' when they say nothing. */
export function cacheWords(headers: readonly Line[]): string {
  return headers
    .filter(
      ({ name, value }) => SPEAKING.includes(name) && (name !== 'server-timing' || /cdn-cache/i.test(value)),
    )
    .map(({ name, value }) => `${name}: ${value.slice(0, 100)}`)
    .join('; ')
}

/** Does one of them say that it answered from its store? `age: 0` says nothing either way. */
export function saysHit(words: string): boolean {
  return words.split('; ').some((word) => {
    const at = word.indexOf(':')
    const [name, value] = [word.slice(0, at), word.slice(at + 1).trim()]
    if (name === 'age') return /^\d{1,15}$/.test(value) && Number(value) > 0
    if (name === 'server-timing') return /cdn-cache;\s*desc="?HIT/i.test(value)
    return /\b(?:hit|stale|revalidated|updating)\b/i.test(value) && !/\bmiss\b(?!.*\bhit\b)/i.test(value)
  })
}
