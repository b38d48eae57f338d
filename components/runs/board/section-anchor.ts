export const TRIGGERS_ANCHOR = 'rollback-triggers'

/** The DOM id of a section on the board. */
export function sectionAnchor(key: string): string {
  return `section-${key}`
}
