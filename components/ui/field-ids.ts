/** The id of a field's control. Predictable, so that an error summary can link to it. */
export function fieldId(name: string): string {
  return `f-${name}`
}

/** The value of `aria-describedby`: the error first, because it is what the person must hear. */
export function describedBy({
  id,
  hint,
  error,
}: {
  id: string
  hint?: unknown
  error?: string | undefined
}): string | undefined {
  const ids = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}
