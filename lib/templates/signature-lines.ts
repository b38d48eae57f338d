import type { FormFields, RolePlace } from './model.ts'
import { canNameRole, cleanRole, columnOf, isSignoffHeading, roleOfLabel } from './signoff-words.ts'
import { lineCount, lineEnd, lineStart, lineText, type Source } from './source.ts'

export type SignatureLine = { role: string; line: number; place: RolePlace }

const BLANK = /_{3,}|\.{6,}|`_+`/
const LONGEST_LINE = 400
const LOOK_BACK = 8
const SIGNATURES_BULLET = /^\s*[-*+]\s[^:：]{1,40}[:：]\s*$/u

/**
 * Signature lines: `**Role:** ____ Date: ____` anywhere; `Role: ____` and forms of name, date and signature under a heading
 * that asks for signatures. Read by line and not from the tree, because such forms stand in fences and in items too.
 */
export function readSignatureLines({ source, from }: { source: Source; from: number }): SignatureLine[] {
  const found: SignatureLine[] = []
  /** Depth of the sign-off heading above, 7 for a bold line; deeper headings stay inside it. */
  let signoffDepth: number | null = null
  let listIndent: number | null = null
  for (let line = from; line <= lineCount(source); line++) {
    const text = lineText(source, line)
    if (text.length > LONGEST_LINE || text.trim() === '' || /^\s*\|/.test(text)) continue
    const hashes = /^ {0,3}(#{1,6})\s/.exec(text)?.[1]
    if (hashes !== undefined) {
      if (isSignoffHeading(text)) signoffDepth = hashes.length
      else if (signoffDepth !== null && hashes.length <= signoffDepth) signoffDepth = null
    } else if (isBoldTitle(text) && isSignoffHeading(text)) signoffDepth ??= 7
    const indent = /^\s*/.exec(text)?.[0].length ?? 0
    if (listIndent !== null && indent <= listIndent) listIndent = null
    const listed = listIndent === null ? null : listedRole(text)
    if (SIGNATURES_BULLET.test(text) && isSignoffHeading(text)) listIndent = indent
    const role = listed ?? roleOf({ source, line, text, underSignoff: signoffDepth !== null })
    if (role === null) continue
    found.push({
      role: roleOfLabel(role),
      line,
      place: {
        kind: 'line',
        ...spanOfLine(source, line),
        ...(found.at(-1)?.line === line - 1 ? {} : fieldsAround(source, line)),
      },
    })
  }
  return found
}

function spanOfLine(source: Source, line: number): { start: number; end: number } {
  return { start: lineStart(source, line), end: lineEnd(source, line) }
}

/** The lines of the same form that ask for the name and the date, each once; they touch the signature's line or each other. */
function fieldsAround(source: Source, line: number): { fields?: FormFields } {
  const fields: FormFields = {}
  for (const step of [-1, 1]) {
    for (
      let at = line + step;
      Math.abs(at - line) <= LOOK_BACK && at >= 1 && at <= lineCount(source);
      at += step
    ) {
      const text = lineText(source, at)
      if (text.trim() === '') continue
      const blank = text.length > LONGEST_LINE ? null : BLANK.exec(text)
      const column = blank === null ? 'other' : columnOf(cleanRole(text.slice(0, blank.index)))
      if (column !== 'name' && column !== 'date') break
      fields[column] ??= spanOfLine(source, at)
    }
  }
  return fields.name === undefined && fields.date === undefined ? {} : { fields }
}

/** "- Platform Lead:" in the list under "- Signatures:". */
function listedRole(text: string): string | null {
  const label = /^\s*[-*+]\s+([^:：]{1,80})[:：]\s*$/u.exec(text)?.[1]
  return label !== undefined && canNameRole(cleanRole(label)) ? cleanRole(label) : null
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
  // "Name: ____ Signature: ____" on one line is a whole form.
  if (column === 'name' && asksFor(rest, 'signature')) return roleAbove(source, line)
  if (!canNameRole(label)) return null
  const dated = asksFor(rest, 'date')
  if (dated || underSignoff) return label
  return /\bsignature\b/i.test(label) ? label : null
}

function asksFor(rest: string, column: 'date' | 'signature'): boolean {
  return BLANK.test(rest) && rest.split(/[_:：*.]+/u).some((part) => columnOf(cleanRole(part)) === column)
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
    const label = cleanRole(
      text.replace(/[:：]?\s*_{3,}.*$/u, '').replace(/^\s*(?:#+\s*)?(?:[-*+]\s+)?\**owner\**\s*:/i, ''),
    ).replace(/^#+\s*/, '')
    if (columnOf(label) !== 'other') continue
    return canNameRole(label) ? label : null
  }
  return null
}
