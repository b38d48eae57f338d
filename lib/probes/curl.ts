import type { Look, Observation } from './observation.ts'

/** What a shell takes as one word, whatever is in it (POSIX, 2.2.2: single quotes). */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

function lastLook(seen: Observation): Look | undefined {
  return seen.kind === 'window' ? seen.samples.at(-1) : seen
}

/** Headers that curl makes itself, or that would only repeat what it does. */
const OWN = ['accept', 'user-agent', 'accept-encoding']

/**
 * The request of an observation as a command to try by hand: pinned to the address that was asked, redirects not followed. Null for
 * kinds that send no HTTP request. A client's certificate and key are files named like their variables. Masked values (•••) are to be filled in by whoever has them.
 */
export function curlOf(seen: Observation): string | null {
  const look = lastLook(seen)
  if (look === undefined || !('request' in look) || look.request === null) return null
  const { request, connection } = look
  if (!/^https?:/.test(request.url)) return null
  const isPinned = connection?.used != null && URL.canParse(request.url)
  const isSecure = request.url.startsWith('https:')
  // curl asks in TLS for the name of the address, so that one takes its place there.
  const serverName = isSecure ? connection?.serverName : undefined
  const url = serverName === undefined ? request.url : renamed(request.url, serverName)
  const host = isPinned ? new URL(url).hostname : ''
  const used = connection?.used?.includes(':') ? `[${connection.used}]` : connection?.used
  const hosts = request.headers.filter(({ name }) => name === 'host')
  const ownHost =
    serverName === undefined || hosts.length > 0 ? [] : [{ name: 'host', value: placeOf(request.url) }]
  const headers = [...ownHost, ...request.headers].filter(
    ({ name, value }) => !OWN.includes(name) || (name === 'accept-encoding' && value !== 'identity'),
  )
  const client = isSecure ? connection?.client : undefined
  // It would agree on HTTP/2 where that was not offered.
  const isOld = isSecure && 'response' in look && look.response?.httpVersion.startsWith('1.') === true
  return [
    'curl --silent --show-error --include --globoff',
    ...(request.method === 'GET'
      ? []
      : [request.method === 'HEAD' ? '--head' : `--request ${request.method}`]),
    ...(isOld ? ['--http1.1'] : []),
    ...(client === undefined ? [] : [`--cert ${client.certificate}.pem --key ${client.key}.pem`]),
    ...headers.map(({ name, value }) => `--header ${shellWord(`${name}: ${value}`)}`),
    // An address that is its own name needs no pinning.
    ...(isPinned && host !== used ? [`--resolve ${shellWord(`${host}:${connection.port}:${used}`)}`] : []),
    shellWord(url),
  ].join(' \\\n  ')
}

const PLACE = /^(https?:\/\/)([^/?#]*)/

/** Host and port of an address as they are written. */
function placeOf(url: string): string {
  return PLACE.exec(url)?.[2] ?? ''
}

function renamed(url: string, name: string): string {
  const port = /:\d+$/.exec(placeOf(url))?.[0] ?? ''
  return url.replace(PLACE, (_whole, scheme: string) => `${scheme}${name}${port}`)
}
