import ipaddr from 'ipaddr.js'

/**
 * How far an address may be trusted as a target. `never` holds metadata services, link-local, multicast, unspecified
 * and broadcast addresses; `internal` is all else that is not global unicast (IANA special-purpose registries).
 */
export type AddressClass = 'public' | 'internal' | 'loopback' | 'never'
export type Address = ipaddr.IPv4 | ipaddr.IPv6

/**
 * Cloud services behind addresses that the registries call ordinary: Azure's wire server, and the metadata of Alibaba, Oracle, Google and
 * Scaleway.
 */
const METADATA = [
  ...['168.63.129.16', '100.100.100.200', '192.0.0.192'],
  ...['fd00:c1::a9fe:a9fe', 'fd20:ce::254', 'fd00:42::42'],
]
/** AWS keeps its metadata, time and the credentials of pods below this one. */
const AWS = ipaddr.IPv6.parseCIDR('fd00:ec2::/32')
const NEVER_V4 = ['unspecified', 'linkLocal', 'multicast', 'broadcast']
const NEVER_V6 = ['unspecified', 'linkLocal', 'multicast']

/** The address that a packet would go to: IPv4-mapped forms become IPv4. Null for anything but a full literal. */
export function parseAddress(text: string): Address | null {
  // ipaddr.js reads ::1.2.3.4 as ::ffff:1.2.3.4, another address: nobody needs the obsolete form, so it is not read.
  if (/^::\d+\./.test(text)) return null
  // Names are the usual case, and the library finds out by throwing.
  if (!/^[\d.]+$|:/.test(text)) return null
  if (text.includes(':') ? !ipaddr.IPv6.isValid(text) : !ipaddr.IPv4.isValidFourPartDecimal(text)) return null
  return ipaddr.process(text)
}

/** The one spelling of an address; null for anything but a full literal. */
export function canonicalAddress(text: string): string | null {
  return parseAddress(text)?.toString() ?? null
}

/** What an address is, transition forms judged by the IPv4 address inside as well. Unreadable texts are `never`. */
export function classifyAddress(text: string): AddressClass {
  const address = parseAddress(text)
  if (address === null || ('zoneId' in address && address.zoneId !== undefined)) return 'never'
  return classify(address)
}

function classify(address: Address): AddressClass {
  if (METADATA.includes(address.toString())) return 'never'
  if (address instanceof ipaddr.IPv4) return classifyV4(address)
  if (address.match(AWS)) return 'never'
  const range = address.range()
  if (NEVER_V6.includes(range)) return 'never'
  if (range === 'loopback') return 'loopback'
  const inner = embedded(address)
  if (inner !== null) {
    const within = classifyV4(inner)
    if (within === 'loopback' || within === 'never' || METADATA.includes(inner.toString())) return 'never'
    // NAT64 is how an IPv6-only network reaches public IPv4; the other forms are obsolete and need a CIDR entry.
    return range === 'rfc6052' ? within : 'internal'
  }
  // ipaddr.js calls everything it does not know unicast; only 2000::/3 is allocated as global unicast (RFC 4291, 2.4).
  const isGlobal = range === 'unicast' && ((address.parts[0] ?? 0) & 0xe000) === 0x2000
  return isGlobal ? 'public' : 'internal'
}

function classifyV4(address: ipaddr.IPv4): AddressClass {
  const range = address.range()
  if (NEVER_V4.includes(range)) return 'never'
  if (range === 'loopback') return 'loopback'
  return range === 'unicast' ? 'public' : 'internal'
}

/** The IPv4 address inside a compatible, NAT64, 6to4, Teredo or ISATAP form; null when there is none. */
function embedded(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = address.parts
  if (a === 0x2002) return v4(b, c)
  if (a === 0x2001 && b === 0) return v4(g ^ 0xffff, h ^ 0xffff)
  if (a === 0x64 && b === 0xff9b) return v4(g, h)
  if ((e === 0 || e === 0x200) && f === 0x5efe) return v4(g, h)
  if (a === 0 && b === 0 && c === 0 && d === 0 && (e === 0 || e === 0xffff)) return v4(g, h)
  return null
}

function v4(high: number, low: number): ipaddr.IPv4 {
  return new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff])
}
