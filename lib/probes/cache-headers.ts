import { saysCacheHit } from './cache-status.ts'

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
export const CACHE_HEADERS: readonly string[] = [
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

/** Each begins a header; what else stands behind a semicolon is a header's own. */
const BETWEEN = new RegExp(`; (?=(?:${CACHE_HEADERS.join('|')}): )`)

/** Words for an answer from the store, also one that is stale or was just confirmed; of Akamai, Azure and Squid (`tcp_…`) too. */
const HITS: readonly string[] = [
  ...['hit', 'stale', 'updating', 'revalidated', 'refreshhit'],
  ...['', 'mem_', 'remote_', 'ims_', 'inm_', 'negative_', 'offline_', 'refresh_', 'refresh_fail_'].map(
    (how) => `tcp_${how}hit`,
  ),
  'tcp_refresh_unmodified',
]
/** Vercel asks the origin to revalidate, and has pages that were made beforehand. */
const VERCEL_HITS: readonly string[] = ['hit', 'stale', 'prerender']

/** Does one of them say that it answered from its store? Null: none says either. */
export function saysHit(words: string): boolean | null {
  const said = words === '' ? [] : words.split(BETWEEN).map(ofHeader)
  if (said.includes(true)) return true
  return said.includes(false) ? false : null
}

function ofHeader(header: string): boolean | null {
  const [name = '', ...rest] = header.split(':')
  const value = rest.join(':').trim()
  if (name === 'cache-status') return saysCacheHit(value)
  // An age of 0 may be of an answer that was just stored, or of one that came through.
  if (name === 'age') return /^0*[1-9]\d{0,14}$/.test(value) ? true : null
  if (name === 'server-timing') return /(?:^|,)\s*cdn-cache\s*;\s*desc="?HIT"?\s*(?:[,;]|$)/i.test(value)
  const hits = name === 'x-vercel-cache' ? VERCEL_HITS : HITS
  // A list has one element for each cache on the way; behind its first word stand names of hosts.
  return value.split(',').some((one) => hits.includes(firstWord(one).toLowerCase()))
}

function firstWord(text: string): string {
  return text.trim().split(/[\s(:;]/)[0] ?? ''
}
