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
 * kinds that send no HTTP request. Masked values (•••) are to be filled in by whoever has them.
 */
export function curlOf(seen: Observation): string | null {
  const look = lastLook(seen)
  if (look === undefined || !('request' in look) || look.request === null) return null
  const { request, connection } = look
  if (!/^https?:/.test(request.url)) return null
  const isPinned = connection?.used != null && URL.canParse(request.url)
  const host = isPinned ? new URL(request.url).hostname : ''
  const used = connection?.used?.includes(':') ? `[${connection.used}]` : connection?.used
  const headers = request.headers.filter(
    ({ name, value }) => !OWN.includes(name) || (name === 'accept-encoding' && value !== 'identity'),
  )
  return [
    'curl --silent --show-error --include --globoff',
    ...(request.method === 'GET'
      ? []
      : [request.method === 'HEAD' ? '--head' : `--request ${request.method}`]),
    ...headers.map(({ name, value }) => `--header ${shellWord(`${name}: ${value}`)}`),
    // An address that is its own name needs no pinning.
    ...(isPinned && host !== used ? [`--resolve ${shellWord(`${host}:${connection.port}:${used}`)}`] : []),
    shellWord(request.url),
  ].join(' \\\n  ')
}
