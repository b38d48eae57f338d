import { type AllowEntry, parseAllowEntry, printAllowEntry } from '#lib/shared/allow-entry.ts'
import { addressEntry } from './suggest-entries.ts'
import { parseVariables } from './variables.ts'

/** What can be tried of an environment: a variable or secret by its name, an entry of the allow-list by its text. */
export type ConnectionRef = { of: 'variable' | 'entry'; name: string }
/** `shows`: the address as it is saved; null of a secret, whose value nobody reads. */
export type Connection = ConnectionRef & { shows: string | null }

/** Names that usually hold an address. */
const ADDRESS_NAME = /(?:^|_)(?:URL|URI|DSN|ADDR|ADDRESS|ENDPOINT|HOST|SERVER)(?:_|$)/
const PLACE = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?):\d{1,5}$/i

/** A host with its port, as `db.internal:5432`. */
export function isPlace(value: string): boolean {
  const port = Number(value.slice(value.lastIndexOf(':') + 1))
  return PLACE.test(value) && port >= 1 && port <= 65_535
}

/** An entry names one host and port, or there is nothing to connect to. */
export function isTriable({ host, port }: AllowEntry): boolean {
  return port !== null && host !== '*' && !host.startsWith('*.')
}

function isAddress(value: string): boolean {
  if (isPlace(value)) return true
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || !URL.canParse(value)) return false
  const { hostname, port } = new URL(value)
  return hostname !== '' && (port !== '' || addressEntry(value) !== null)
}

/** Every address of an environment as it is saved. An entry that a readable variable spells out is tried by the variable, which says more. */
export function connectionsOf({
  variables,
  secrets,
  allowList,
}: {
  variables: string
  secrets: readonly { name: string }[]
  allowList: string
}): Connection[] {
  const read = parseVariables(variables)
  const plain = Object.entries(read.ok ? read.value : {}).filter(([, value]) => isAddress(value))
  const spelled = new Set(plain.map(([, value]) => addressEntry(value) ?? value))
  const entries = allowList.split('\n').flatMap((line) => {
    const entry = parseAllowEntry(line)
    if (!entry.ok || !isTriable(entry.value)) return []
    const { host, port } = entry.value
    return spelled.has(printAllowEntry({ host, port, cidr: null })) ? [] : [line]
  })
  return [
    ...plain.map(([name, value]): Connection => ({ of: 'variable', name, shows: value })),
    ...secrets
      .filter(({ name }) => ADDRESS_NAME.test(name))
      .map(({ name }): Connection => ({ of: 'variable', name, shows: null })),
    ...entries.map((line): Connection => ({ of: 'entry', name: line, shows: null })),
  ]
}
