import net from 'node:net'
import { env } from '#lib/server/env.ts'
import { canonicalAddress } from '#lib/shared/address.ts'
import { type AllowEntry, printAllowEntry } from '#lib/shared/allow-entry.ts'
import type { ProbeKind } from '#lib/shared/codes.ts'
import { decideAlias } from '#lib/shared/egress-alias.ts'
import { decideEgress, decideName, type HostPort, normalHost } from '#lib/shared/egress-policy.ts'
import { blockedAt, type OnBlocked } from './blocked.ts'
import { EgressFailure } from './failure.ts'
import { everyAddressOf, everyWayTo, ownAddresses, ownDatabase } from './own-places.ts'
import { type Resolve, resolveOnce, systemResolve } from './resolve.ts'
import { settled } from './settled.ts'
import { startTls, type TlsTerms } from './start-tls.ts'
import { newTrace, type Trace, timed } from './trace.ts'

/** `alpn`: the protocols offered inside TLS, HTTP/1.1 unless said. */
export type SocketTarget = HostPort & { secure: boolean; alpn?: readonly string[] }
export type AddressFamily = 'ipv4' | 'ipv6'
export type Guard = {
  allowList: readonly AllowEntry[]
  resolve?: Resolve | undefined
  signal: AbortSignal
  /** Which kind of probe asks; nothing else is let through by entries that are for some kinds. */
  kind?: ProbeKind | undefined
  /** The only family of addresses that is connected to; all of a name's addresses are decided on all the same. */
  family?: AddressFamily | undefined
  tls?: TlsTerms | undefined
  /** Names under which the target is asked for in place of its own; each has to be allowed itself. */
  as?: readonly string[] | undefined
  onBlocked?: OnBlocked | undefined
  /** What no name server is told. */
  secrets?: readonly string[] | undefined
  /** Services of the product itself, out of reach whatever the list says; its database unless given. */
  ownServices?: readonly HostPort[]
}

const UNTOLD = {
  message:
    "Countersign cannot tell now whether this address is one of its own services, so it asks nothing there. Look again later; if it stays so, whoever runs this instance finds the reason in the server's log.",
  reason: 'own_service_unknown',
}

/**
 * The only way out: every outgoing connection of the product is made here. The name is decided before it is looked up,
 * looked up once, every answer is checked, one address is pinned and connected to by number, and the peer is compared
 * with it before a byte is written. Proxy variables of the environment play no part, as no agent does.
 *
 * Throws EgressFailure, or the signal's reason when it aborts; an aborted or failed socket is destroyed.
 */
export async function openGuardedSocket(
  target: SocketTarget,
  guard: Guard,
  trace: Trace = newTrace(),
): Promise<net.Socket> {
  const { allowList, resolve = systemResolve, signal, kind, family } = guard
  const { ownServices = [ownDatabase(env().DATABASE_URL)], as = [], secrets } = guard
  const named = { host: normalHost(target.host), port: target.port, kind: kind ?? null }
  const refused = decideName({ ...named, secrets: secrets ?? [], allowList })
  if (refused !== null) throw blockedAt(named, guard, refused)
  trace.addresses = await timed(trace, 'resolve', () => resolveOnce({ host: named.host, resolve, signal }))
  const own = await everyAddressOf(ownServices, { port: named.port, signal })
  if (own === null) throw blockedAt(named, guard, UNTOLD)
  const decision = decideEgress({
    ...named,
    addresses: family === undefined ? trace.addresses : familyFirst(trace.addresses, family),
    allowList,
    ownServices: own,
    ownAddresses: await everyWayTo(ownAddresses(env()), { ...named, signal }),
  })
  if (!decision.allowed) throw blockedAt(named, guard, decision)
  for (const name of as) {
    const no = decideAlias(name, {
      ...named,
      allowList,
      through: decision.allowedBy,
      secrets,
      ownAddresses: ownAddresses(env()),
    })
    if (no !== null) throw blockedAt(named, guard, no)
  }
  if (family !== undefined && familyOf(decision.address) !== family)
    throw new EgressFailure({
      kind: 'dns',
      message: `${named.host} has no ${family === 'ipv4' ? 'IPv4' : 'IPv6'} address`,
    })
  trace.used = decision.address
  trace.allowedBy = printAllowEntry(decision.allowedBy)
  const socket = await timed(trace, 'connect', () =>
    connect({ host: decision.address, port: named.port, signal }),
  )
  trace.connected = true
  if (canonicalAddress(socket.remoteAddress ?? '') !== decision.address) {
    socket.destroy()
    throw blockedAt(named, guard, { message: 'the connection reached another address', reason: 'pin' })
  }
  if (!target.secure) return socket
  return timed(trace, 'tls', () =>
    startTls({
      socket,
      host: named.host,
      signal,
      trace,
      alpn: target.alpn ?? ['http/1.1'],
      terms: guard.tls,
    }),
  )
}

function familyOf(address: string): AddressFamily {
  return address.includes(':') ? 'ipv6' : 'ipv4'
}

/** The first address is the one that is pinned. */
function familyFirst(addresses: readonly string[], family: AddressFamily): string[] {
  const wanted = addresses.filter((address) => familyOf(address) === family)
  return [...wanted, ...addresses.filter((address) => !wanted.includes(address))]
}

function connect({ host, port, signal }: HostPort & { signal: AbortSignal }): Promise<net.Socket> {
  signal.throwIfAborted()
  const socket = net.connect({ host, port, autoSelectFamily: false, noDelay: true })
  return settled(socket, { ready: 'connect', stage: 'connect', signal })
}
