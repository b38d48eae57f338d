import type { Look, Observation } from './observation.ts'
import type { AskedRequest, HeaderLine } from './observations/base.ts'
import type { StepSeen } from './observations/steps.ts'
import { EXCERPT_BYTES } from './redact.ts'

/** What a shell takes as one word, whatever is in it (POSIX, 2.2.2: single quotes). */
function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

function lastLook(seen: Observation): Look | undefined {
  return seen.kind === 'window' ? seen.samples.at(-1) : seen
}

/** What one command is made from. */
type Asking = {
  request: Pick<AskedRequest, 'method' | 'url' | 'headers'>
  filled?: AskedRequest['filled']
  body?: string | null
  response?: { httpVersion: string } | null
  /** Options that only this kind of request has. */
  more?: string[]
  /** What stands above it. */
  title?: string
}

/**
 * The requests of an observation as commands to try by hand: pinned to the address that was asked, redirects not followed. Null for kinds
 * that send no HTTP request. Of those that ask much it is the first question; of steps it is each. A client's certificate and key, and
 * authorities, are files named like their variables, and what a probe writes as a variable in a header is a variable of the shell. Masked
 * values (•••) are to be filled in by whoever has them.
 */
export function curlOf(seen: Observation): string | null {
  const look = lastLook(seen)
  if (look === undefined) return null
  const commands = askingsOf(look).map((asking) => commandOf(asking, look.connection))
  return commands.length === 0 ? null : commands.join('\n\n')
}

function askingsOf(look: Look): Asking[] {
  if (look.kind === 'steps') return look.steps.map(stepAsking)
  if ('asked' in look && look.asked !== undefined) return [{ request: look.asked, filled: look.asked.filled }]
  if (!('request' in look) || look.request === null) return []
  const { request } = look
  if (look.kind === 'websocket') return [upgradeAsking(request, look.upgrade?.subprotocol ?? null)]
  if (!/^https?:/.test(request.url)) return []
  return [{ request, response: 'response' in look ? look.response : null }]
}

function stepAsking({ request, sentBody, response }: StepSeen, index: number): Asking {
  const isCut = sentBody !== null && new TextEncoder().encode(sentBody).length > EXCERPT_BYTES - 4
  const title = `# step ${index + 1}${isCut ? ', of whose body only the beginning is kept' : ''}`
  return { request, response, body: sentBody, title }
}

/** The upgrade, which curl shows and then waits; it speaks no WebSocket itself in every version. */
function upgradeAsking({ url, headers, ...request }: Asking['request'], subprotocol: string | null): Asking {
  const upgrade = [
    { name: 'connection', value: 'Upgrade' },
    { name: 'upgrade', value: 'websocket' },
    { name: 'sec-websocket-version', value: '13' },
    { name: 'sec-websocket-key', value: 'Y291bnRlcnNpZ24tcHJvYg==' },
    ...(subprotocol === null ? [] : [{ name: 'sec-websocket-protocol', value: subprotocol }]),
  ]
  return {
    request: { ...request, url: url.replace(/^ws/, 'http'), headers: [...headers, ...upgrade] },
    more: ['--http1.1', '--max-time 5'],
  }
}

function commandOf(
  { request, filled = [], body = null, response = null, more = [], title }: Asking,
  connection: Look['connection'],
): string {
  const isSecure = request.url.startsWith('https:')
  const isThere = hostOf(request.url) === connection?.host.replace(/^\[|\]$/g, '')
  // curl asks in TLS for the name of the address, so that one takes its place there.
  const serverName = isSecure && isThere ? connection?.serverName : undefined
  const url = serverName === undefined ? request.url : renamed(request.url, serverName)
  const host = isThere && URL.canParse(url) ? new URL(url).hostname : ''
  const used = connection?.used?.includes(':') ? `[${connection.used}]` : (connection?.used ?? null)
  const hosts = request.headers.filter(({ name }) => name === 'host')
  const ownHost =
    serverName === undefined || hosts.length > 0 ? [] : [{ name: 'host', value: placeOf(request.url) }]
  const headers = [...ownHost, ...request.headers].filter((header) => !isOwn(header))
  const isTyped = headers.some(({ name }) => name === 'content-type')
  const { client, ca } = (isSecure ? connection : null) ?? {}
  // It would agree on HTTP/2 where that was not offered.
  const isOld = isSecure && response?.httpVersion.startsWith('1.') === true
  const command = [
    'curl --silent --show-error --include --globoff',
    ...(request.method === 'GET'
      ? []
      : [request.method === 'HEAD' ? '--head' : `--request ${request.method}`]),
    ...(isOld ? ['--http1.1'] : []),
    ...more,
    ...(ca === undefined ? [] : [`--cacert ${ca}.pem`]),
    ...(client === undefined ? [] : [`--cert ${client.certificate}.pem --key ${client.key}.pem`]),
    ...headers.map(({ name, value }) => `--header ${shellWord(`${name}: ${value}`)}`),
    ...filled.map(({ name, value }) => `--header ${shellText(`${name}: ${value}`)}`),
    ...(body === null
      ? []
      : [...(isTyped ? [] : ["--header 'content-type:'"]), `--data-raw ${shellWord(body)}`]),
    // An address that is its own name needs no pinning.
    ...(connection !== null && used !== null && host !== '' && host !== used
      ? [`--resolve ${shellWord(`${host}:${connection.port}:${used}`)}`]
      : []),
    shellWord(url),
  ].join(' \\\n  ')
  return title === undefined ? command : `${title}\n${command}`
}

/** Headers that curl makes itself, or that would only repeat what it does. */
function isOwn({ name, value }: HeaderLine): boolean {
  if (name === 'accept') return value === '*/*'
  return name === 'user-agent' || (name === 'accept-encoding' && value === 'identity')
}

/** The same with its variables open to the shell (POSIX, 2.2.3: double quotes). */
function shellText(text: string): string {
  const shut = (part: string) => part.replace(/[\\"$`]/g, '\\$&')
  const parts = text.split(/(\$\{[A-Z][A-Z0-9_]*\})/)
  return `"${parts.map((part, index) => (index % 2 === 1 ? part : shut(part))).join('')}"`
}

function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : null
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
