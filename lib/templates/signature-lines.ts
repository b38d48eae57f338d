import type { RolePlace } from './model.ts'
import { canNameRole, cleanRole, columnOf, isSignoffHeading } from './signoff-words.ts'
import { lineCount, lineEnd, lineStart, lineText, type Source } from './source.ts'

export type SignatureLine = { role: string; line: number; place: RolePlace }

const BLANK = /_{3,}|\.{6,}|`_+`/
const LONGEST_LINE = 400
const LOOK_BACK = 8

/**
 * Signature lines: `**Role:** ____ Date: ____` anywhere; `Role: ____` and forms of name, date and signature under a heading
 * that asks for signatures. Read by line and not from the tree, because such forms stand in fences and in items too.
 */
export function readSignatureLines({ source, from }: { source: Source; from: number }): SignatureLine[] {
  const found: SignatureLine[] = []
  let underSignoff = false
  for (let line = from; line <= lineCount(source); line++) {
    const text = lineText(source, line)
    if (text.length > LONGEST_LINE) continue
    if (/^\s{0,3}#{1,6}\s/.test(text)) underSignoff = isSignoffHeading(text)
    else if (isBoldTitle(text)) underSignoff ||= isSignoffHeading(text)
    const role = roleOf({ source, line, text, underSignoff })
    if (role === null) continue
    found.push({
      role,
      line,
      place: { kind: 'line', start: lineStart(source, line), end: lineEnd(source, line) },
    })
  }
  return found
}

function isBoldTitle(text: string): boolean {
  return /^\s*(?:\*\*|__)[^*_]+(?:\*\*|__)\s*:?\s*$|^\s*\*\*[^*_]+:\*\*\s*$/.test(text)
}

function roleOf(input: { source: Source; line: number; text: string; underSignoff: boolean }): string | null {
  const { source, line, text, underSignoff } = input
  const blank = BLANK.exec(text)
  if (blank === null) return null
  const label = cleanRole(text.slice(0, blank.index))
  const column = columnOf(label)
  const rest = text.slice(blank.index + blank[0].length)
  if (column === 'signature')
    return underSignoff || hasFormNear(source, line) ? roleAbove(source, line) : null
  if (!canNameRole(label)) return null
  const dated = /_{3,}/.test(rest) && rest.split(/[_:：*]+/u).some((part) => columnOf(part) === 'date')
  if (dated || underSignoff) return label
  return /\bsignature\b/i.test(label) ? label : null
}

/** A form asks for name and date beside the signature. */
function hasFormNear(source: Source, line: number): boolean {
  const kinds = [-3, -2, -1, 1, 2, 3].map((step) => {
    const label = /^([^_:：]{1,80})[:：]/u.exec(lineText(source, Math.max(1, line + step)))?.[1]
    return label === undefined ? 'other' : columnOf(cleanRole(label))
  })
  return kinds.includes('name') || kinds.includes('date')
}

/** The nearest line above a form's fields that names who signs. */
function roleAbove(source: Source, line: number): string | null {
  for (let above = line - 1; above >= Math.max(1, line - LOOK_BACK); above--) {
    const text = lineText(source, above)
    if (text.trim() === '' || /^\s*(?:```|~~~)/.test(text) || text.length > LONGEST_LINE) continue
    const label = cleanRole(text.replace(/[:：]?\s*_{3,}.*$/u, '').replace(/^\s*#+\s*/, ''))
    if (columnOf(label) !== 'other') continue
    return canNameRole(label) ? label : null
  }
  return null
}
