import { lookup } from 'node:dns/promises'
import { canonicalAddress } from '#lib/shared/address.ts'
import { isLoopbackName } from '#lib/shared/allow-entry.ts'
import { EgressFailure } from './failure.ts'

/** All addresses of a name, in the order in which the system would try them. */
export type Resolve = (host: string) => Promise<string[]>

/**
 * Asks the system's resolver once for A and AAAA together, so that /etc/hosts and search domains mean here what they
 * mean to every other program. A literal is its own answer, in its one spelling.
 */
export const systemResolve: Resolve = async (host) => {
  const literal = canonicalAddress(host)
  if (literal !== null) return [literal]
  // Never asked of a name server, which might answer otherwise (RFC 6761, 6.3).
  if (host !== 'localhost' && isLoopbackName(host)) return ['127.0.0.1']
  const answers = await lookup(host, { all: true, order: 'verbatim' })
  return answers.map(({ address }) => address)
}

/** Resolves with a name's failure in words; gives up when `signal` aborts, as the system call itself cannot be stopped. */
export async function resolveOnce({
  host,
  resolve,
  signal,
}: {
  host: string
  resolve: Resolve
  signal: AbortSignal
}): Promise<string[]> {
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    const addresses = await Promise.race([resolve(host), aborted])
    if (addresses.length > 0) return addresses
  } catch (error) {
    if (signal.aborted) throw error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
  throw new EgressFailure({
    kind: 'dns',
    message: `${host} does not resolve; check name and DNS`,
  })
}
