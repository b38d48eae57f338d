import type { Grade, Stage } from '#lib/shared/codes.ts'
import { isKey, KEY_MAX_LENGTH } from './identity.ts'

/** What `<!-- item: … -->` may set; absent means that the annotation says nothing about it. */
export type ItemSettings = {
  role?: string
  grade?: Exclude<Grade, 'unproven'>
  stage?: Stage
  required?: boolean
  shelfLifeSeconds?: number
  needsNote?: boolean
  tags?: string[]
  id?: string
}

/** A problem inside an annotation; `offset` counts from the start of the annotation's body. */
export type AnnotationProblem = { offset: number; message: string; fix: string | null }
export type Parsed<T> = { ok: true; value: T } | { ok: false; problem: AnnotationProblem }

const SETTABLE_GRADES = ['claimed', 'witnessed', 'observed'] as const
const SETTABLE_STAGES = ['prepare', 'deploy', 'verify', 'rollback'] as const
const KNOWN = 'role=, grade=, stage=, shelf=, tags=, id=, optional, required, note'
const SECONDS = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400 } as const
const SHELF = { least: 30, most: 30 * 86_400 }
export const ROLE_MAX_LENGTH = 60
const TAG_MAX_LENGTH = 60

type Word = { name: string; value: string | null; offset: number; valueOffset: number }

/** Reads the body of an `item:` annotation, such as `role=DevOps grade=witnessed optional shelf=24h`. */
export function parseItemSettings(body: string): Parsed<ItemSettings> {
  const words = splitWords(body)
  if (!words.ok) return words
  if (words.value.length === 0) return problem(0, `expected one of ${KNOWN}`, null)
  const settings: ItemSettings = {}
  const seen = new Set<string>()
  for (const word of words.value) {
    const meaning = word.name === 'optional' ? 'required' : word.name
    if (seen.has(meaning)) return problem(word.offset, `"${meaning}" is set twice`, 'keep one of them')
    seen.add(meaning)
    const wrong = setOne(settings, word)
    if (wrong !== null) return { ok: false, problem: wrong }
  }
  return { ok: true, value: settings }
}

/** Reads the body of a `stage:` annotation: one stage's name. */
export function parseStageName(body: string): Parsed<Stage> {
  const name = body.trim()
  const stage = SETTABLE_STAGES.find((known) => known === name.toLowerCase())
  if (stage !== undefined) return { ok: true, value: stage }
  return problem(body.search(/\S|$/), `expected a stage: ${SETTABLE_STAGES.join(', ')}`, null)
}

function setOne(settings: ItemSettings, word: Word): AnnotationProblem | null {
  const { name, value, valueOffset } = word
  if (name === 'optional' || name === 'required' || name === 'note') {
    if (value !== null) return at(word.offset, `"${name}" takes no value`, `write ${name}`)
    if (name === 'note') settings.needsNote = true
    else settings.required = name === 'required'
    return null
  }
  if (!/^(?:role|grade|stage|shelf|tags|id)$/.test(name))
    return at(word.offset, `"${name}" is no setting of an item; expected one of ${KNOWN}`, null)
  if (value === null || value.trim() === '')
    return at(word.offset, `"${name}" needs a value`, `write ${name}=…`)
  if (name === 'role') {
    if (value.length > ROLE_MAX_LENGTH)
      return at(valueOffset, `a role has at most ${ROLE_MAX_LENGTH} characters`, null)
    settings.role = value.trim()
  } else if (name === 'grade') {
    const grade = SETTABLE_GRADES.find((known) => known === value)
    if (grade === undefined) return at(valueOffset, `expected a grade: ${SETTABLE_GRADES.join(', ')}`, null)
    settings.grade = grade
  } else if (name === 'stage') {
    const stage = SETTABLE_STAGES.find((known) => known === value)
    if (stage === undefined) return at(valueOffset, `expected a stage: ${SETTABLE_STAGES.join(', ')}`, null)
    settings.stage = stage
  } else if (name === 'shelf') return setShelf(settings, value, valueOffset)
  else if (name === 'tags') {
    const tags = value.split(',').map((tag) => tag.trim())
    if (tags.some((tag) => tag === '' || tag.length > TAG_MAX_LENGTH))
      return at(valueOffset, 'expected tags joined by commas, none of them empty', 'write tags=CC8.1,CC7.2')
    settings.tags = [...new Set(tags)]
  } else {
    if (!isKey(value))
      return at(
        valueOffset,
        `an id has 1 to ${KEY_MAX_LENGTH} letters, digits, dots, hyphens or underscores, with a letter or digit at both ends`,
        null,
      )
    settings.id = value
  }
  return null
}

function setShelf(settings: ItemSettings, value: string, offset: number): AnnotationProblem | null {
  const match = /^(\d{1,9})(s|min|m|h|d)$/.exec(value)
  const unit = match?.[2] as keyof typeof SECONDS | undefined
  if (match === null || unit === undefined)
    return at(offset, 'expected a time such as 90s, 15m, 24h or 7d', 'write shelf=24h')
  const seconds = Number(match[1]) * SECONDS[unit]
  if (seconds < SHELF.least || seconds > SHELF.most)
    return at(offset, 'evidence may stay fresh for 30s to 30d', 'write shelf=24h')
  settings.shelfLifeSeconds = seconds
  return null
}

/** Words and `name=value` pairs; a value may hold parentheses, and blanks where it is in double quotes. */
function splitWords(body: string): Parsed<Word[]> {
  const words: Word[] = []
  const pattern = /\s*([^\s="]+)(?:(=)(?:"([^"]*)"|([^\s"]*)))?/y
  let end = 0
  while (body.slice(end).trim() !== '') {
    pattern.lastIndex = end
    const match = pattern.exec(body)
    if (match === null) {
      const offset = end + body.slice(end).search(/\S/)
      return problem(offset, `expected a setting: ${KNOWN}`, null)
    }
    end = pattern.lastIndex
    const name = (match[1] ?? '').toLowerCase()
    const offset = match.index + match[0].length - match[0].trimStart().length
    const quoted = match[3] !== undefined
    if (!quoted && match[2] !== undefined && body.charAt(end) === '"')
      return problem(end, 'a double quote is not closed', 'close it with "')
    const value = match[2] === undefined ? null : (match[3] ?? match[4] ?? '')
    words.push({ name, value, offset, valueOffset: offset + name.length + (quoted ? 2 : 1) })
  }
  return { ok: true, value: words }
}

function at(offset: number, message: string, fix: string | null): AnnotationProblem {
  return { offset, message, fix }
}

function problem(
  offset: number,
  message: string,
  fix: string | null,
): { ok: false; problem: AnnotationProblem } {
  return { ok: false, problem: at(offset, message, fix) }
}
