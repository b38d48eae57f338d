import type { Drafts, ItemDraft } from './drafts.ts'
import { factOfLabel } from './fact-words.ts'
import { type InlineToken, parseInline, plainInline } from './inline.ts'
import type { ItemLink, TemplateItem } from './model.ts'
import { lineCount, lineText, type Source } from './source.ts'

export type ItemFacts = Required<Pick<TemplateItem, 'owner' | 'expected' | 'links'>>
export const NO_FACTS: ItemFacts = { owner: null, expected: null, links: [] }

const LONGEST_LINE = 2_000
const LONGEST_FACT = 500
const MOST_LINKS = 20
const FENCE_LINES = 12
/** `- **Owner:** Ana`, `# Expected: 200 OK` in a fence, `_Expected result_: …`. */
const LABELLED =
  /^[\s>]*(?:[-*+]\s+|\d{1,9}[.)]\s+|#+\s*|\/\/\s*|→\s*)?[*_`]{0,3}([\p{L}][\p{L}\p{M} ]{1,40}?)[*_`]{0,3}\s*[:：][*_`]{0,3}\s*(.*)$/u
const INLINE_LABEL = /[([（]\s*([\p{L}][\p{L}\p{M} ]{1,40}?)\s*[:：]\s*([^()[\]（）]{1,200})[)\]）]/gu
const HANDLE = /(?:^|[\s([:：])(@[A-Za-z0-9][\w-]{0,38}(?:\/[\w.-]{1,60})?)[)\]]?\s*$/
const BLANK = /^(?:[_\s.…-]*|\[?\s*(?:todo|tbd|name|…)\b.*)$/iu
const DEFINITION = /^ {0,3}\[([^[\]]{1,200})\]:\s{0,9}<?([^\s<>]{1,2000})>?/

/**
 * Owner, expected result and links of every item, from its own words and the lines under it that belong to no nested item. One
 * pass over the lines of each item; a blank to fill in says nothing.
 */
export function readItemFacts({ items, source }: Drafts): Map<ItemDraft, ItemFacts> {
  const definitions = definitionsOf(source)
  const holders = holdersOf(items, lineCount(source))
  const facts = new Map<ItemDraft, ItemFacts>()
  items.forEach((item, index) => {
    const lines: string[] = []
    for (let line = item.lastLine + 1; line <= item.endLine; line++)
      if (holders[line] === index) lines.push(lineText(source, line))
    const told = { ...item.told }
    readLabels(told, item.text, lines)
    facts.set(item, { ...told, links: linksOf([item.text, ...lines], definitions) })
  })
  return facts
}

/** The innermost item of each line: document order lets a nested one write over what holds it. */
function holdersOf(items: ItemDraft[], lines: number): Int32Array {
  const holders = new Int32Array(lines + 2).fill(-1)
  items.forEach(({ line, endLine }, index) => {
    holders.fill(index, line, endLine + 1)
  })
  return holders
}

function readLabels(told: ItemDraft['told'], text: string, lines: string[]): void {
  const tell = (label: string, value: string) => {
    const fact = factOfLabel(label)
    if (fact === null) return null
    const words = plainInline(value.slice(0, LONGEST_FACT)).trim()
    if (!BLANK.test(words)) told[fact] ??= words
    return fact
  }
  if (text.length <= LONGEST_LINE) {
    for (const match of text.matchAll(INLINE_LABEL)) tell(match[1] ?? '', match[2] ?? '')
  }
  lines.forEach((line, index) => {
    const match = line.length > LONGEST_LINE ? null : LABELLED.exec(line)
    if (match === null) return
    const fact = tell(match[1] ?? '', match[2] ?? '')
    if (fact === 'expected' && (match[2] ?? '').trim() === '') told.expected ??= fencedBelow(lines, index)
  })
  told.owner ??= text.length <= LONGEST_LINE ? (HANDLE.exec(text)?.[1] ?? null) : null
}

/** What a fence right below "Expected response:" holds, on one line. */
function fencedBelow(lines: string[], index: number): string | null {
  const rest = lines.slice(index + 1, index + 2 + FENCE_LINES)
  const start = rest.findIndex((line) => line.trim() !== '')
  const fence = /^\s*(`{3,}|~{3,})/.exec(rest[start] ?? '')?.[1]
  if (fence === undefined) return null
  const body = rest.slice(start + 1)
  const end = body.findIndex((line) => line.trim().startsWith(fence))
  if (end < 1) return null
  const words = body
    .slice(0, end)
    .map((line) => line.trim())
    .join(' ')
  return words.length <= LONGEST_FACT ? words : `${words.slice(0, LONGEST_FACT - 1).trimEnd()}…`
}

function linksOf(lines: string[], definitions: Map<string, string>): ItemLink[] {
  const links = new Map<string, string>()
  const add = (href: string, text: string) => {
    if (/^https?:/.test(href) && links.size < MOST_LINKS && !links.has(href)) links.set(href, text || href)
  }
  const visit = (tokens: InlineToken[]) => {
    for (const token of tokens) {
      if (token.kind === 'link') add(token.href, plainOf(token.children))
      else if ('children' in token) visit(token.children)
    }
  }
  for (const line of lines) {
    if (line.length > LONGEST_LINE || !/[[<]|https?:/.test(line)) continue
    visit(parseInline(line))
    if (definitions.size === 0) continue
    for (const match of line.matchAll(/\[([^[\]]{1,200})\](?:\[([^[\]]{0,200})\])?(?![(:])/g)) {
      const href = definitions.get(labelOf(match[2] || match[1] || ''))
      if (href !== undefined) add(href, match[1] ?? '')
    }
  }
  return [...links].map(([href, text]) => ({ text, href }))
}

function plainOf(tokens: InlineToken[]): string {
  return tokens.map((token) => ('text' in token ? token.text : plainOf(token.children))).join('')
}

/** Targets of `[label]: https://…` lines; the first of a label counts, as in CommonMark. */
function definitionsOf(source: Source): Map<string, string> {
  const definitions = new Map<string, string>()
  for (let line = 1; line <= lineCount(source); line++) {
    const text = lineText(source, line)
    if (text.length > LONGEST_LINE || !text.includes(']:')) continue
    const match = DEFINITION.exec(text)
    if (match === null) continue
    const href = URL.parse(match[2] ?? '')?.href
    const label = labelOf(match[1] ?? '')
    if (href !== undefined && /^https?:/.test(href) && !definitions.has(label)) definitions.set(label, href)
  }
  return definitions
}

function labelOf(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase()
}
