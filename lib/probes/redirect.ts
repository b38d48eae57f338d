import type { HttpProbe } from './http-probe.ts'
import type { HeaderLine } from './observations/base.ts'
import { isSensitiveName } from './redact.ts'

export type Hop = {
  method: string
  url: URL
  headers: readonly HeaderLine[]
  body?: string
  /** The service that is asked for in place of the address's own. */
  host?: string | undefined
}
export type NextHop = { step: 'stay' } | { step: 'go'; hop: Hop } | { step: 'refuse'; message: string }

const REDIRECTS = [301, 302, 303, 307, 308]

/** Is this status a signpost that carries its address in `location` (RFC 9110, 15.4)? */
export function isRedirect(status: number): boolean {
  return REDIRECTS.includes(status)
}

/**
 * Where a redirect leads under the probe's rules. Secret-sounding headers and those that hold a secret are dropped when the origin changes; a POST
 * becomes a GET on 301, 302 and 303 like in every browser (Fetch standard, HTTP-redirect fetch).
 */
export function nextHop({
  hop,
  status,
  location,
  config,
  visited,
  secrets = [],
}: {
  hop: Hop
  status: number
  location: string | null
  config: Pick<HttpProbe, 'redirects'>
  /** Method and address of every hop so far, this one included. */
  visited: readonly string[]
  /** Values that are for the first origin alone, whatever the header is called. */
  secrets?: readonly string[]
}): NextHop {
  const { mode, max } = config.redirects
  if (mode === 'none' || !isRedirect(status) || location === null) return { step: 'stay' }
  if (!URL.canParse(location, hop.url))
    return refusal('the redirect leads to something that is not an address')
  const url = placeOf(new URL(location, hop.url), hop)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return refusal(`the redirect leads to ${url.protocol}`)
  if (url.username !== '' || url.password !== '') return refusal('the redirect holds a user name')
  if (hop.url.protocol === 'https:' && url.protocol === 'http:')
    return refusal('the redirect leads from https to http')
  if (mode === 'same-host' && !isSameHost(url, hop.url))
    return refusal(`the redirect leaves for ${url.hostname}, which same-host does not follow`)
  const rewrites = status <= 303 && hop.method === 'POST'
  const isForAll = ({ name, value }: HeaderLine) =>
    !isSensitiveName(name) && !secrets.some((secret) => value.includes(secret))
  const headers = url.origin === hop.url.origin ? hop.headers : hop.headers.filter(isForAll)
  const next = {
    method: rewrites ? 'GET' : hop.method,
    url,
    headers,
    ...(hop.host !== undefined && isSameHost(hop.url, url) ? { host: hop.host } : {}),
  }
  if (visited.includes(hopKey(next))) return refusal('the redirects go round in a circle')
  if (visited.length > max) return refusal(`more than ${max} redirect${max === 1 ? '' : 's'}`)
  return { step: 'go', hop: next }
}

/**
 * A redirect to the name under which a target is asked stays at the target: most servers make their redirects from that name, and
 * where it really leads may be what the target is to replace.
 */
function placeOf(url: URL, { host, url: from }: Pick<Hop, 'url' | 'host'>): URL {
  if (url.hostname !== host) return url
  const place = new URL(url)
  place.hostname = from.hostname
  if (url.port === '' && url.protocol === from.protocol) place.port = from.port
  return place
}

/** The address as whoever is asked under another name knows it: by that name browsers see whose cookies and pages these are. */
export function knownUrl({ url, host }: Pick<Hop, 'url' | 'host'>): URL {
  if (host === undefined) return url
  const known = new URL(url)
  known.hostname = host
  return known
}

/** What is said of a connection, other names and a client's certificate, is said of one host and goes to no other. */
export function isSameHost(one: URL, other: URL): boolean {
  return one.hostname === other.hostname
}

export function hopKey({ method, url }: Pick<Hop, 'method' | 'url'>): string {
  return `${method} ${url.origin}${url.pathname}${url.search}`
}

function refusal(message: string): NextHop {
  return { step: 'refuse', message }
}
