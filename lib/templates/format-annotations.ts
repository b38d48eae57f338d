import { type Body, type Kind, parseBody } from './annotations.ts'
import { parseNotice, printNotice } from './notice.ts'
import { splitWords } from './setting-words.ts'
import { SETTINGS } from './settings.ts'
import { createSource, positionAt } from './source.ts'
import { parseTree } from './tree.ts'
import { walkDocument } from './walk.ts'

export type FormatChange = { line: number; column: number; from: string; to: string }

/**
 * The text with its annotations in one spelling: one blank between words, settings in the order of the reference, quotes only
 * where they are needed. Everything else stays byte for byte, so do annotations with a problem or with lines of their own
 * making. Formatting twice changes nothing more, and no annotation comes to mean anything else.
 */
export function formatAnnotations(text: string): { text: string; changes: FormatChange[] } {
  const tree = parseTree(text)
  if (!tree.ok) return { text, changes: [] }
  const source = createSource(text)
  const { annotations } = walkDocument({ source, root: tree.root })
  const changes: FormatChange[] = []
  let written = ''
  let offset = 0
  for (const { start, end, kind } of annotations.toSorted((a, b) => a.start - b.start)) {
    if (start < offset) continue
    const from = text.slice(start, end)
    const to = formatted(from, kind)
    if (to === null || to === from) continue
    written += text.slice(offset, start) + to
    offset = end
    changes.push({ ...positionAt(source, start), from, to })
  }
  return { text: written + text.slice(offset), changes }
}

function formatted(comment: string, kind: Kind): string | null {
  const match = /^<!--\s*[A-Za-z]+\s*:([\s\S]*)-->$/.exec(comment)
  const body = match?.[1]
  if (body === undefined || /[\r\n]/.test(comment)) return null
  const printed = PRINT[kind](body.trim())
  return printed !== null && means(kind, printed, body) ? `<!-- ${kind}: ${printed} -->` : null
}

const PRINT: Record<Kind, (body: string) => string | null> = {
  item: printItem,
  notice: (body) => {
    const parsed = parseNotice(body)
    return parsed.ok ? printNotice(parsed.value) : null
  },
  slot: printSlot,
  stage: (body) => body.toLowerCase(),
  probe: printProbe,
}

function printItem(body: string): string | null {
  const words = splitWords(body, '')
  if (!words.ok) return null
  const order = Object.keys(SETTINGS)
  return words.value
    .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
    .map(({ name, value }) =>
      value === null ? name : `${name}=${/\s/.test(value) ? `"${value.trim()}"` : value}`,
    )
    .join(' ')
}

function printSlot(body: string): string | null {
  const keyword = /(?:^|\s)scope\s*=/.exec(body)
  const role = (keyword === null ? body : body.slice(0, keyword.index)).trim().replace(/\s+/g, ' ')
  const plain = /^"[^"]*"$/.test(role) ? role.slice(1, -1).trim() : role
  if (keyword === null) return plain
  const entries = [...body.slice(keyword.index + keyword[0].length).matchAll(/"([^"]*)"|([^\s",]+)/g)]
  return `${plain} scope=${entries.map((entry) => `"${(entry[1] ?? entry[2] ?? '').trim()}"`).join(', ')}`
}

/** Blanks outside of quotes, and the comma before a clause; the probe's own words stay as they are written. */
function printProbe(body: string): string {
  return body
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replace(/\s+/g, ' ').replace(/ ?, ?(?=\S|$)/g, ', '),
    )
    .join('')
    .trim()
}

/** The new spelling must say what the old one said. */
function means(kind: Kind, printed: string, body: string): boolean {
  const [now, before] = [parseBody(kind, ` ${printed} `), parseBody(kind, body)]
  return now.ok && before.ok && sameJson(now.value, before.value)
}

function sameJson(one: Body, other: Body): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  )
}
