import ipaddr from 'ipaddr.js'
import { canonicalAddress, classifyAddress, parseAddress } from './address.ts'
import { type AllowEntry, isLoopbackName, isMetadataName, printAllowEntry } from './allow-entry.ts'
import type { ProbeKind } from './codes.ts'

export type HostPort = { host: string; port: number }
/** What is asked for, and by which kind of probe: null is no probe at all, which entries for some kinds do not allow. */
type Wanted = HostPort & {
  kind?: ProbeKind | null
  /** Texts that no name server is told in a name, unless an entry spells the name out. */
  secrets?: readonly string[]
}

export type EgressDecision =
  | { allowed: true; address: string; allowedBy: AllowEntry }
  | { allowed: false; reason: BlockReason; message: string }
export type BlockReason =
  | 'metadata'
  | 'secret'
  | 'own_service'
  | 'own_address'
  | 'not_listed'
  | 'not_covered'
  | 'no_address'

/**
 * A host as http addresses spell it: lower case, A-labels, numbers as dotted quads, no brackets, no dot at the end. Addresses of
 * other schemes keep what was written, and two readings of one host are how a guard is passed.
 */
export function normalHost(host: string): string {
  const bare = host.toLowerCase().replace(/^\[|\]$/g, '')
  const url = `http://${bare.includes(':') ? `[${bare}]` : bare}/`
  const spelled = URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : bare
  return spelled.replace(/\.$/, '')
}

/**
 * May this host and port be asked for at all? Decided before the name is looked up, so that a probe cannot send names
 * to a stranger's name server. Null means yes.
 */
export function decideName({
  host,
  port,
  kind = null,
  secrets = [],
  allowList,
}: Wanted & { allowList: readonly AllowEntry[] }): (EgressDecision & { allowed: false }) | null {
  const name = normalHost(host)
  if (isMetadataName(name) || (canonicalAddress(name) !== null && classifyAddress(name) === 'never'))
    return block('metadata', `${name} is a metadata or link-local address, which probes never reach.`)
  const named = allowList.filter((entry) => namesMatch(entry, { host: name, port }))
  const usable = named.filter((entry) => isFor(entry, kind))
  const isTold = canonicalAddress(name) === null && usable.every((entry) => entry.host !== name)
  if (usable.length > 0 && isTold && secrets.some((secret) => name.includes(secret.toLowerCase())))
    return block(
      'secret',
      'The name of the host holds a secret, and asking for it would tell name servers. An administrator can add the whole name to the allow-list.',
    )
  if (usable.length > 0) return null
  return block('not_listed', notListed({ host: name, port }, { kind, named }))
}

/**
 * The whole decision for one connection. Every address that the name resolved to must be allowed, or none is used:
 * one good answer among bad ones is how rebinding looks. The first address is the one to pin.
 *
 * An entry allows an address when name and address both match: a public address needs a name entry or a network that
 * holds it, an internal one needs a network or that very address as the entry's host, one of this machine needs an
 * exact host and port, and so does the product's own address (`ownAddresses`). Metadata, link-local, multicast and our own
 * services are never allowed.
 */
export function decideEgress({
  host,
  port,
  kind = null,
  addresses,
  allowList,
  ownServices = [],
  ownAddresses = [],
}: Wanted & {
  addresses: readonly string[]
  allowList: readonly AllowEntry[]
  ownServices?: readonly HostPort[]
  ownAddresses?: readonly HostPort[]
}): EgressDecision {
  const target = { host: normalHost(host), port }
  const refused = decideName({ ...target, kind, allowList })
  if (refused !== null) return refused
  const usable = allowList.filter((entry) => isFor(entry, kind))
  const isUs = (address: string) => ownAddresses.some((own) => isOwn(own, { ...target, address }))
  const entries = addresses.map((address) => {
    if (classifyAddress(address) === 'never') return 'metadata'
    if (ownServices.some((own) => isOwn(own, { ...target, address }))) return 'own_service'
    const entry = usable.find((one) => namesMatch(one, target) && addressMatches(one, { ...target, address }))
    if (!isUs(address)) return entry ?? null
    return (
      usable.find((one) => isExact(one, target) && addressMatches(one, { ...target, address })) ??
      'own_address'
    )
  })
  if (entries.includes('metadata'))
    return block(
      'metadata',
      `${target.host} resolves to a metadata or link-local address, which probes never reach.`,
    )
  if (entries.includes('own_service'))
    return block(
      'own_service',
      `${target.host}:${port} is Countersign's own database, which probes never reach.`,
    )
  if (entries.includes('own_address'))
    return block(
      'own_address',
      `${target.host}:${port} is Countersign itself, which needs its exact host and port on the allow-list: "${printAllowEntry({ ...target, cidr: null })}".`,
    )
  if (entries.includes(null))
    return block(
      'not_covered',
      `${target.host} resolves to an address that the allow-list does not cover. An administrator can add it with its network, such as "${printAllowEntry({ ...target, cidr: null })} 10.0.0.0/8".`,
    )
  const [address] = addresses
  const [entry] = entries
  const pinned = address === undefined ? null : canonicalAddress(address)
  if (pinned === null || entry === undefined || entry === null || typeof entry === 'string')
    return block('no_address', `${target.host} has no address.`)
  return { allowed: true, address: pinned, allowedBy: entry }
}

function block(reason: BlockReason, message: string): EgressDecision & { allowed: false } {
  return { allowed: false, reason, message }
}

export function isFor({ kinds }: AllowEntry, kind: ProbeKind | null): boolean {
  return kinds === null || (kind !== null && kinds.includes(kind))
}

function isExact(entry: AllowEntry, { host, port }: HostPort): boolean {
  return entry.host === host && entry.port === port
}

function notListed(
  target: HostPort,
  { kind, named }: { kind: ProbeKind | null; named: readonly AllowEntry[] },
): string {
  const entry = printAllowEntry({ ...target, cidr: null })
  const others = [...new Set(named.flatMap(({ kinds }) => kinds ?? []))]
  if (others.length > 0)
    return `${entry} is on this environment's allow-list for ${others.join(', ')} and not for ${kind ?? 'this'}. An administrator can add the kind there.`
  return `${entry} is not on this environment's allow-list. An administrator can add "${entry}" there.`
}

function namesMatch(entry: AllowEntry, { host, port }: HostPort): boolean {
  if (entry.port !== null && entry.port !== port) return false
  return entry.host === '*' ? entry.cidr !== null : namesHost(entry, host)
}

/** Does an entry name this host, whatever the port? A network names nobody. */
export function namesHost(entry: AllowEntry, host: string): boolean {
  if (entry.host.startsWith('*.'))
    return host.endsWith(entry.host.slice(1)) && host.length > entry.host.length - 1
  return entry.host === host
}

function addressMatches(entry: AllowEntry, { host, port, address }: HostPort & { address: string }): boolean {
  const kind = classifyAddress(address)
  const isLiteral = canonicalAddress(host) !== null
  if (kind === 'loopback')
    return (
      entry.host === host && entry.port === port && entry.cidr === null && (isLiteral || isLoopbackName(host))
    )
  if (entry.cidr !== null) return isWithin(address, entry.cidr)
  return kind === 'public' || (isLiteral && entry.host === canonicalAddress(address))
}

function isWithin(address: string, cidr: string): boolean {
  const parsed = parseAddress(address)
  const [base, bits] = ipaddr.parseCIDR(cidr)
  return parsed !== null && parsed.kind() === base.kind() && parsed.match(base, bits)
}

function isOwn(own: HostPort, { host, port, address }: HostPort & { address: string }): boolean {
  if (own.port !== port) return false
  const name = normalHost(own.host)
  const ownIsLocal = isLoopbackName(name) || classifyAddress(name) === 'loopback'
  if (ownIsLocal) return classifyAddress(address) === 'loopback'
  return name === host || canonicalAddress(name) === canonicalAddress(address)
}
