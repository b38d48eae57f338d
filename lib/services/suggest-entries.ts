import { parseAllowList } from './allow-list.ts'
import { parseVariables } from './variables.ts'

const PORTS: Record<string, string> = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443' }

function entryOf(value: string): string | null {
  if (!URL.canParse(value)) return null
  const { protocol, hostname, port } = new URL(value)
  const usual = PORTS[protocol]
  return usual === undefined || hostname === '' ? null : `${hostname}:${port || usual}`
}

/** Entries that the addresses among the variables need and the list does not spell out; none while a text cannot be read. */
export function suggestEntries({ variables, allowList }: { variables: string; allowList: string }): string[] {
  const read = parseVariables(variables)
  const listed = parseAllowList(allowList)
  if (!read.ok || !listed.ok) return []
  const wanted = Object.values(read.value)
    .map(entryOf)
    .filter((entry) => entry !== null)
  return [...new Set(wanted)].filter((entry) => !listed.value.includes(entry) && parseAllowList(entry).ok)
}
