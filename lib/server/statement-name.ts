// Each connection keeps every named statement for its life, here and in PostgreSQL.
const MOST = 400

const place = globalThis as { countersignStatements?: Map<string, string> }

/**
 * The name under which PostgreSQL keeps a statement parsed and planned: planning costs several times what running does for
 * most of ours. Empty, which is unnamed, once so many texts were seen that they can only be made anew each time (lists of
 * varying length).
 */
export function statementName(text: string): string {
  place.countersignStatements ??= new Map()
  const names = place.countersignStatements
  const known = names.get(text)
  if (known !== undefined) return known
  if (names.size >= MOST) return ''
  const name = `c${names.size}`
  names.set(text, name)
  return name
}
