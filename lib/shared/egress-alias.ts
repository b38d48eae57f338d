import { canonicalAddress } from './address.ts'
import { type AllowEntry, isMetadataName, printAllowEntry } from './allow-entry.ts'
import type { ProbeKind } from './codes.ts'
import { type BlockReason, type HostPort, isFor, namesHost, normalHost } from './egress-policy.ts'

/**
 * May a target that is allowed itself be asked for under another name (`host`, `sni`)? The connection goes where the guard
 * decided whatever the name is; but behind one address may stand many services, and a name chooses among them. So the name must
 * be on the allow-list itself, on whatever port: only where a whole network let the target through, every service in it is meant
 * anyway. Addresses and the names of metadata services are never asked for in another's place, as a proxy might go there, and
 * the product itself only by its exact entry. Null means yes.
 */
export function decideAlias(
  alias: string,
  {
    host,
    port,
    kind = null,
    allowList,
    through,
    ownAddresses,
    secrets = [],
  }: HostPort & {
    kind?: ProbeKind | null
    allowList: readonly AllowEntry[]
    /** The entry that allows the target. */
    through: AllowEntry
    ownAddresses: readonly HostPort[]
    /** TLS says the name in clear. */
    secrets?: readonly string[] | undefined
  },
): { reason: BlockReason; message: string } | null {
  const name = normalHost(alias)
  if (name === host) return null
  if (isMetadataName(name) || canonicalAddress(name) !== null)
    return {
      reason: 'metadata',
      message: `${name} is an address or the name of a metadata service, which nothing is asked for as.`,
    }
  const own = ownAddresses.find((one) => normalHost(one.host) === name)
  const usable = allowList.filter((entry) => isFor(entry, kind))
  const isNamed =
    own === undefined
      ? through.host === '*' || usable.some((entry) => namesHost(entry, name))
      : usable.some((entry) => entry.host === name && entry.port === own.port)
  const isWhole = usable.some((entry) => entry.host === name)
  if (isNamed && !isWhole && secrets.some((secret) => name.includes(secret.toLowerCase())))
    return {
      reason: 'secret',
      message: 'The name that is asked for as holds a secret, and TLS says it in clear.',
    }
  if (isNamed) return null
  const entry = printAllowEntry({ host: name, port: own?.port ?? port, cidr: null })
  return {
    reason: 'not_listed',
    message: `${host}:${port} would be asked for as ${name}, which is not on this environment's allow-list. An administrator can add "${entry}" there.`,
  }
}
