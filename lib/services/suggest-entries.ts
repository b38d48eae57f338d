import { parseAllowList } from './allow-list.ts'
import { parseVariables } from './variables.ts'

const PORTS: Record<string, string> = {
  'http:': '80',
  'https:': '443',
  'ws:': '80',
  'wss:': '443',
  'redis:': '6379',
  'rediss:': '6379',
  'postgres:': '5432',
  'postgresql:': '5432',
}

/** The entry that an address needs, as `db.internal:5432`; null for what is no address of a known scheme. */
export function addressEntry(value: string): string | null {
  if (!URL.canParse(value)) return null
  const { protocol, hostname, port } = new URL(value)
  const usual = PORTS[protocol]
  return usual === undefined || hostname === '' ? null : `${hostname}:${port || usual}`
}

/** Entries that some values need as far as they are addresses, and the list does not spell out; none while it cannot be read. */
export function neededEntries(values: readonly string[], allowList: string): string[] {
  const listed = parseAllowList(allowList)
  if (!listed.ok) return []
  const wanted = values.map(addressEntry).filter((entry) => entry !== null)
  return [...new Set(wanted)].filter((entry) => !listed.value.includes(entry) && parseAllowList(entry).ok)
}

/** The same for the variables of a text; none while it cannot be read. */
export function suggestEntries({ variables, allowList }: { variables: string; allowList: string }): string[] {
  const read = parseVariables(variables)
  return read.ok ? neededEntries(Object.values(read.value), allowList) : []
}
