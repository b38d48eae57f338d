import type { Json } from '#lib/shared/result.ts'

/** A kept draft of one line, or null when it is of another shape. */
export function asLine(kept: Json): string | null {
  return typeof kept === 'string' ? kept : null
}

/** A kept draft of named texts, exactly those of `shape`, or null when it is of another shape. */
export function asTexts<T extends Record<string, string>>(shape: T): (kept: Json) => T | null {
  return (kept) => {
    if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null
    const names = Object.keys(shape)
    return names.every((name) => typeof kept[name] === 'string')
      ? (Object.fromEntries(names.map((name) => [name, kept[name]])) as T)
      : null
  }
}
