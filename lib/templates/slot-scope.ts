import type { Parsed } from './setting-words.ts'
import { ROLE_MAX_LENGTH } from './settings.ts'

export type SlotAnnotation = { role: string; scope: string[] | null }

const ENTRY_MAX_LENGTH = 200

/**
 * Reads the body of a `slot:` annotation: the role's name and, after `scope=`, the quoted titles or paths of the
 * sections that it signs for, such as `Security scope="Security Checklist","Pre-Deployment/Dependencies"`.
 */
export function parseSlot(body: string): Parsed<SlotAnnotation> {
  const keyword = /(?:^|\s)scope\s*=/.exec(body)
  const end = keyword === null ? body.length : keyword.index
  const role = unquoted(body.slice(0, end).trim())
  const start = body.search(/\S|$/)
  if (role === '' || role.length > ROLE_MAX_LENGTH || /["=]/.test(role))
    return wrong(
      start,
      `expected the role's name, at most ${ROLE_MAX_LENGTH} characters`,
      'write slot: Security',
    )
  if (keyword === null) return { ok: true, value: { role, scope: null } }
  return readScope({ body, role, from: keyword.index + keyword[0].length })
}

function readScope({
  body,
  role,
  from,
}: {
  body: string
  role: string
  from: number
}): Parsed<SlotAnnotation> {
  const entry = /\s*(?:"([^"]*)"|([^\s",]+))\s*/y
  const scope: string[] = []
  let offset = from
  for (;;) {
    entry.lastIndex = offset
    const match = entry.exec(body)
    const title = (match?.[1] ?? match?.[2] ?? '').trim()
    if (match === null || title === '' || title.length > ENTRY_MAX_LENGTH)
      return wrong(
        offset,
        'expected the title of a section in double quotes',
        'write scope="Security Checklist"',
      )
    scope.push(title)
    offset = entry.lastIndex
    if (offset >= body.length) return { ok: true, value: { role, scope: [...new Set(scope)] } }
    if (body.charAt(offset) !== ',')
      return wrong(offset, 'expected a comma between two sections', 'write scope="One","Two"')
    offset++
  }
}

function unquoted(text: string): string {
  return /^"[^"]*"$/.test(text) ? text.slice(1, -1).trim() : text
}

function wrong(offset: number, message: string, fix: string): Parsed<SlotAnnotation> {
  return { ok: false, problem: { offset, message, fix } }
}
