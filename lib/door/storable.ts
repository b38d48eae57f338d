/** What PostgreSQL cannot keep as text. A template's source says itself where such a character stands. */
const OWN_WORDS = new Set(['source'])

/** The first field, as a path, that holds a NUL or half a character; null when every text can be stored. */
export function unstorableField(value: unknown, path = ''): string | null {
  if (typeof value === 'string')
    return value.includes('\u0000') || !value.isWellFormed() ? path || 'input' : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, inner] of Object.entries(value)) {
    if (path === '' && OWN_WORDS.has(key)) continue
    const found = unstorableField(inner, path === '' ? key : `${path}.${key}`)
    if (found !== null) return found
  }
  return null
}
