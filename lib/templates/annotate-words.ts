import type { ItemPatch } from './edits.ts'
import { isKey } from './identity.ts'
import { splitWords, type Word } from './setting-words.ts'
import { parseItemSettings } from './settings.ts'

type Settings = Omit<ItemPatch, 'probe'>

/** The words of an `item:` annotation that say what a patch sets; null for what it takes away. */
export function wordsOfPatch(patch: Settings): Map<string, string | null> {
  const words = new Map<string, string | null>()
  const say = (name: string, value: string | null | undefined) => {
    if (value !== undefined) words.set(name, value === null ? null : `${name}=${quoted(value)}`)
  }
  say('role', patch.role)
  say('grade', patch.grade)
  say('stage', patch.stage)
  if (patch.required !== undefined)
    words.set('required', patch.required === null ? null : patch.required ? 'required' : 'optional')
  say('shelf', patch.shelf)
  if (patch.note !== undefined) words.set('note', patch.note === null ? null : 'note')
  say('tags', patch.tags?.length === 0 ? null : patch.tags?.join(','))
  say('id', patch.id)
  return words
}

function quoted(value: string): string {
  return /[\s"]/.test(value) ? `"${value}"` : value
}

/** Why a patch cannot be written into a comment, or null. The annotation's own parser has the word. */
export function whyUnwritable(patch: Settings): string | null {
  const said = [...wordsOfPatch(patch).values()].filter((word) => word !== null)
  if (said.length === 0) return null
  if (patch.id && !isKey(patch.id)) return 'An id has letters, digits, dots, hyphens and underscores only.'
  const body = said.join(' ')
  if (body.includes('--')) return 'Two hyphens would end the comment that it is written in.'
  if (/[\r\n]/.test(body)) return 'A setting stands on one line.'
  const parsed = parseItemSettings(body)
  return parsed.ok ? null : `This cannot be written down: ${parsed.problem.message}.`
}

/**
 * The bodies of the `item:` comments at one item with a patch worked in, in their order; null for one that says nothing any
 * more. What was written before keeps its place and its blanks. The last comment that names a setting is the one that
 * counts, so it is the one that changes.
 */
export function patchBodies(bodies: string[], patch: Settings): (string | null)[] {
  const wanted = wordsOfPatch(patch)
  const result: (string | null)[] = [...bodies]
  for (let index = bodies.length - 1; index >= 0; index--) {
    const body = bodies[index] ?? ''
    const words = splitWords(body, '')
    if (words.ok) result[index] = patchBody(body, words.value, wanted)
  }
  const rest = [...wanted.values()].filter((word) => word !== null)
  const last = result.findLastIndex((body) => body !== null)
  const home = last === -1 ? result.length - 1 : last
  if (rest.length > 0 && home >= 0) result[home] = appended(result[home] ?? ' ', rest.join(' '))
  return result
}

/** Takes what it could place out of `wanted`, but leaves what has to go there for the comments above. */
function patchBody(body: string, words: Word[], wanted: Map<string, string | null>): string | null {
  let written = ''
  let kept = 0
  let from = 0
  for (const word of words) {
    const meaning = word.name === 'optional' ? 'required' : word.name
    const asked = wanted.get(meaning)
    const gap = body.slice(from, word.offset)
    from = word.end
    if (asked === null) continue
    written += kept === 0 && written === '' ? (body.match(/^\s*/)?.[0] ?? '') : gap
    kept++
    if (asked === undefined) written += body.slice(word.offset, word.end)
    else {
      written += asked
      wanted.delete(meaning)
    }
  }
  return kept === 0 ? null : written + body.slice(from)
}

function appended(body: string, words: string): string {
  const end = body.trimEnd().length
  const tail = body.slice(end)
  return `${body.slice(0, end)} ${words}${tail === '' ? ' ' : tail}`
}
