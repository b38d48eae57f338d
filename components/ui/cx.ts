/** Joins class names, leaving out what is absent. Later names do not override earlier ones: the order in the stylesheet decides. */
export function cx(...parts: readonly (string | false | null | undefined)[]): string {
  return parts.filter(Boolean).join(' ')
}
