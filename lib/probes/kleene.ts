/** Three-valued logic (Kleene): `unknown` is never turned into an answer by a connective. */
export type Truth = 'true' | 'false' | 'unknown'

export function truth(value: boolean | null): Truth {
  return value === null ? 'unknown' : value ? 'true' : 'false'
}

/** False if any is false, else unknown if any is unknown, else true. Of nothing it is unknown: no data is never a pass. */
export function all(values: readonly Truth[]): Truth {
  if (values.length === 0) return 'unknown'
  if (values.includes('false')) return 'false'
  return values.includes('unknown') ? 'unknown' : 'true'
}
