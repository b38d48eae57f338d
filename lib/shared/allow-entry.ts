import ipaddr from 'ipaddr.js'
import { canonicalAddress, classifyAddress, parseAddress } from './address.ts'
import { PROBE_KINDS, type ProbeKind } from './codes.ts'
import { ok, type Result, refuse } from './result.ts'

/**
 * One line of an environment's network allow-list. `host` is a name, an address, `*.domain`, or `*` (only with a CIDR);
 * `port: null` is any port; `cidr` is what the name may resolve to when that is not a public address; `kinds: null` is any
 * kind of probe.
 */
export type AllowEntry = {
  host: string
  port: number | null
  cidr: string | null
  kinds: readonly ProbeKind[] | null
}

const METADATA_NAMES = /^(?:metadata|instance-data)(?:\.|$)/

/** Names of metadata services, which no entry can allow. */
export function isMetadataName(host: string): boolean {
  return METADATA_NAMES.test(host)
}

/** `localhost` and what is below it always mean this machine (RFC 6761, 6.3). */
export function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost')
}

/**
 * Reads `host:port`, `host`, `*.domain:443`, `[::1]:8080`, `10.0.0.0/8`, `10.0.0.0/8:443`, or a name with the network it
 * resolves into, `db.internal:443 10.0.0.0/8`; each may end in the kinds of probe it is for: `db.internal:5432 for postgres`.
 * Refusals say what to write instead.
 */
export function parseAllowEntry(text: string): Result<AllowEntry> {
  const [place = '', ...named] = text
    .trim()
    .toLowerCase()
    .split(/\sfor(?:\s|$)/)
  const kinds = named.length === 0 ? ok(null) : readKinds(named.join(' for '))
  if (!kinds.ok) return kinds
  const entry = readPlace(place)
  return entry.ok ? ok({ ...entry.value, kinds: kinds.value }) : entry
}

function readKinds(text: string): Result<readonly ProbeKind[]> {
  const words = text.split(/[\s,]+/).filter((word) => word !== '')
  const stranger = words.find((word) => !(PROBE_KINDS as readonly string[]).includes(word))
  if (stranger !== undefined)
    return bad(`"${stranger}" is not a kind of probe; there are ${PROBE_KINDS.join(', ')}.`)
  if (words.length === 0) return bad('After "for" stand kinds of probes, such as: for http, tls.')
  return ok(PROBE_KINDS.filter((kind) => words.includes(kind)))
}

type Place = Omit<AllowEntry, 'kinds'>

function readPlace(text: string): Result<Place> {
  const [first = '', second, ...more] = text.trim().split(/\s+/)
  if (first === '') return bad('Write a host and port, such as app.example.com:443.')
  if (more.length > 0)
    return bad('Write one entry on a line: a host with its port, then at most one network.')
  if (first.includes('://')) return bad(`Leave out the scheme and path: write ${suggestionFor(first)}.`)
  const cut = split(first)
  if (cut === null) return bad(`"${first}" is not host:port; the port is a number from 1 to 65535.`)
  if (cut.host.includes('/')) {
    if (second !== undefined) return bad('Write either a network alone or a host followed by one network.')
    return withNetwork({ host: '*', port: cut.port, cidr: cut.host })
  }
  if (second !== undefined && cut.host !== '*' && parseAddress(cut.host) !== null)
    return bad(`${cut.host} is an address already: leave the network out.`)
  const host = checkedHost(cut)
  if (!host.ok) return host
  const entry = { host: host.value, port: cut.port }
  return second === undefined ? ok({ ...entry, cidr: null }) : withNetwork({ ...entry, cidr: second })
}

/** The canonical text of an entry; reading it gives the entry back. */
export function printAllowEntry({ kinds, ...place }: Place & { kinds?: AllowEntry['kinds'] }): string {
  return `${printPlace(place)}${kinds ? ` for ${kinds.join(', ')}` : ''}`
}

function printPlace({ host, port, cidr }: Place): string {
  const end = port === null ? '' : `:${port}`
  if (host === '*' && cidr !== null)
    return cidr.includes(':') && port !== null ? `[${cidr}]${end}` : `${cidr}${end}`
  const name = host.includes(':') ? `[${host}]` : host
  return `${name}${end}${cidr === null ? '' : ` ${cidr}`}`
}

function bad(message: string): Result<never> {
  return refuse({ code: 'invalid', message, fields: { entry: message } })
}

function suggestionFor(text: string): string {
  if (!URL.canParse(text)) return 'app.example.com:443'
  const { hostname, port, protocol } = new URL(text)
  return `${hostname}:${port || (protocol === 'http:' ? 80 : 443)}`
}

/** Parts host and port; brackets may hold an IPv6 address or network. Null when the port is not one. */
function split(text: string): { host: string; port: number | null } | null {
  const bracketed = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(text)
  const isBareV6 = (text.match(/:/g) ?? []).length > 1
  const plain = isBareV6 ? [text, text, undefined] : /^([^:]+)(?::(\d{1,5}))?$/.exec(text)
  const match = bracketed ?? plain
  if (match === null) return null
  const port = match[2] === undefined ? null : Number(match[2])
  if (port !== null && (port < 1 || port > 65_535)) return null
  return { host: (match[1] ?? '').replace(/\.$/, ''), port }
}

function checkedHost({ host, port }: { host: string; port: number | null }): Result<string> {
  if (host === '*')
    return bad('A star alone would allow every host: write *.example.com, or a network such as 10.0.0.0/8.')
  const name = host.startsWith('*.') ? host.slice(2) : host
  const url = `http://${name.includes(':') ? `[${name}]` : name}/`
  if (name === '' || /[^\p{L}\p{N}.:_-]/u.test(name) || !URL.canParse(url))
    return bad(`"${host}" is not a host name or address.`)
  const spelled = new URL(url).hostname.replace(/^\[|\]$/g, '')
  const address = canonicalAddress(spelled)
  if (host !== name) {
    if (address !== null || !name.includes('.'))
      return bad('A star stands for the first labels of a name: write *.example.com.')
    return isLoopbackName(spelled)
      ? bad('Names of this machine are written out: localhost with its port.')
      : ok(`*.${spelled}`)
  }
  if (isMetadataName(spelled)) return bad(`${spelled} is a metadata service, which is never allowed.`)
  if (address === null) {
    if (isLoopbackName(spelled) && port === null)
      return bad(`This machine needs its exact port: write ${spelled}:3000.`)
    return ok(spelled)
  }
  if (address !== name) return bad(`"${name}" is another spelling of ${address}: write ${address}.`)
  const kind = classifyAddress(address)
  if (kind === 'never')
    return bad(`${address} is a metadata, link-local or broadcast address, which is never allowed.`)
  if (kind === 'loopback' && port === null)
    return bad('This machine needs its exact port: write 127.0.0.1:3000.')
  return ok(address)
}

function withNetwork(entry: Place & { cidr: string }): Result<Place> {
  const { cidr } = entry
  if (!ipaddr.isValidCIDR(cidr)) return bad(`"${cidr}" is not a network; write one such as 10.0.0.0/8.`)
  const [base, bits] = ipaddr.parseCIDR(cidr)
  const isV4 = base.kind() === 'ipv4'
  const least = isV4 ? 8 : 7
  if (bits < least) return bad(`/${bits} is too wide: the widest network is /${least}.`)
  const network = isV4 ? ipaddr.IPv4.networkAddressFromCIDR(cidr) : ipaddr.IPv6.networkAddressFromCIDR(cidr)
  if (network.toString() !== base.toString())
    return bad(`${cidr} has host bits set: write ${network}/${bits}.`)
  const kind = classifyAddress(network.toString())
  if (kind === 'loopback')
    return bad('This machine is allowed by an exact host and port only, such as 127.0.0.1:3000.')
  if (kind === 'never')
    return bad(`${cidr} is a metadata, link-local or multicast network, which is never allowed.`)
  return ok({ ...entry, cidr: `${network}/${bits}` })
}
