import { networkInterfaces } from 'node:os'
import { log } from '#lib/server/log.ts'
import { canonicalAddress } from '#lib/shared/address.ts'
import { isLoopbackName } from '#lib/shared/allow-entry.ts'
import { type HostPort, normalHost } from '#lib/shared/egress-policy.ts'
import { EgressFailure } from './failure.ts'
import { resolveOnce, systemResolve } from './resolve.ts'

const LOCAL = 'localhost'

/** As the driver reads the address: a host among its parameters comes first, and a socket in a folder is on this machine. */
export function ownDatabase(address: string): HostPort {
  const { hostname, port, searchParams } = new URL(address)
  const host = searchParams.get('host') ?? hostname
  const isSocket = host === '' || host.startsWith('/')
  return {
    host: isSocket ? LOCAL : normalHost(host),
    port: Number(searchParams.get('port') ?? port) || 5432,
  }
}

/** Where the product itself is asked: its public address, and the port that this process has on every interface. */
export function ownAddresses({ PUBLIC_URL, PORT }: { PUBLIC_URL: string; PORT: number }): HostPort[] {
  const { protocol, hostname, port } = new URL(PUBLIC_URL)
  const usual = protocol === 'https:' ? 443 : 80
  return [
    { host: normalHost(hostname), port: port === '' ? usual : Number(port) },
    { host: LOCAL, port: PORT },
  ]
}

const isLocal = (host: string): boolean => isLoopbackName(host) || /^(?:127\.|::1$)/.test(host)

/** What listens on this machine is reached by each of its own addresses as well. */
function onThisMachine(places: readonly HostPort[]): HostPort[] {
  const local = places.filter(({ host }) => isLocal(host))
  // Listing them is an eighth of a probe's cost, and hardly any probe asks at one of our own ports.
  if (local.length === 0) return []
  const own = Object.values(networkInterfaces()).flatMap((addresses = []) =>
    addresses.filter(({ internal }) => !internal).map(({ address }) => address),
  )
  return local.flatMap(({ port }) => own.map((host) => ({ host, port })))
}

const atPort = (places: readonly HostPort[], port: number): HostPort[] =>
  places.filter((one) => one.port === port && one.host !== '')

async function named(places: readonly HostPort[], signal: AbortSignal): Promise<HostPort[]> {
  const found = places
    .filter(({ host }) => canonicalAddress(host) === null && !isLoopbackName(host))
    .map(async ({ host, port }) => {
      const addresses = await resolveOnce({ host, resolve: systemResolve, signal })
      return addresses.map((address) => ({ host: address, port }))
    })
  return (await Promise.all(found)).flat()
}

/**
 * Services known by a name are also known by the addresses it has now, or a number would lead around the name. Null where a name has none
 * now: then nobody can tell whether a number is one of theirs. Only the log says which name that is; a team is told nothing of it.
 */
export async function everyAddressOf(
  services: readonly HostPort[],
  { port, signal }: { port: number; signal: AbortSignal },
): Promise<HostPort[] | null> {
  const near = atPort(services, port)
  try {
    return [...near, ...onThisMachine(near), ...(await named(near, signal))]
  } catch (error) {
    if (!(error instanceof EgressFailure)) throw error
    log().error(
      { err: error, port },
      'egress: a service of our own does not resolve; nothing is asked at its port',
    )
    return null
  }
}

/**
 * The same for the product's own address. Behind one number there may be many names, as of everything that shares our proxy: those
 * are others, and only who asks for the number itself asks for us. A name that nobody knows here leads nowhere.
 */
export async function everyWayTo(
  addresses: readonly HostPort[],
  { host, port, signal }: HostPort & { signal: AbortSignal },
): Promise<HostPort[]> {
  const near = atPort(addresses, port)
  const found = [...near, ...onThisMachine(near)]
  if (canonicalAddress(host) === null) return found
  return [...found, ...(await named(near, signal).catch(() => []))]
}
