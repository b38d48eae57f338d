/** Inline Markdown for the screen: text is text, nothing becomes HTML. */
export type InlineToken =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong' | 'em' | 'strike'; children: InlineToken[] }
  | { kind: 'link'; href: string; children: InlineToken[] }

const DEEPEST = 6
const LONGEST = 20_000
const ESCAPED = /[!-/:-@[-`{-~]/

/**
 * Splits one line of inline Markdown (an item's text) into tokens: code, bold, italic, struck, links and bare addresses.
 * Whatever does not close stays the characters it is written in. Links lead to http, https and mailto only; an image
 * shows its words. Never throws.
 */
export function parseInline(text: string): InlineToken[] {
  return text.length > LONGEST ? [{ kind: 'text', text }] : readTokens(text, 0)
}

/** The words alone, as a screen reader or a page title needs them. */
export function plainInline(text: string): string {
  return wordsOfTokens(parseInline(text))
}

function wordsOfTokens(tokens: InlineToken[]): string {
  return tokens.map((token) => ('text' in token ? token.text : wordsOfTokens(token.children))).join('')
}

function readTokens(text: string, depth: number): InlineToken[] {
  const tokens: InlineToken[] = []
  let plain = ''
  let index = 0
  // A mark that was searched to the end in vain is not searched again, which keeps hostile text linear.
  const unclosed = new Set<string>()
  while (index < text.length) {
    if (text.charAt(index) === '\\' && ESCAPED.test(text.charAt(index + 1))) {
      plain += text.charAt(index + 1)
      index += 2
      continue
    }
    const found = depth < DEEPEST ? readMark({ text, index, depth, unclosed }) : null
    if (found === null) {
      plain += text.charAt(index)
      index++
      continue
    }
    if (plain !== '') tokens.push({ kind: 'text', text: plain })
    plain = ''
    tokens.push(...found.tokens)
    index = found.end
  }
  if (plain !== '') tokens.push({ kind: 'text', text: plain })
  return tokens
}

type Mark = { text: string; index: number; depth: number; unclosed: Set<string> }
type Found = { tokens: InlineToken[]; end: number } | null

function readMark(mark: Mark): Found {
  const character = mark.text.charAt(mark.index)
  if (character === '`') return readCode(mark)
  if (character === '*' || character === '_' || character === '~') return readEmphasis(mark)
  if (character === '[' || character === '!') return readLink(mark)
  if (character === '<') return readAngle(mark)
  return character === 'h' ? readBareAddress(mark) : null
}

function readCode({ text, index, unclosed }: Mark): Found {
  const fence = /`+/y
  fence.lastIndex = index
  const ticks = fence.exec(text)?.[0] ?? '`'
  const literal: Found = { tokens: [{ kind: 'text', text: ticks }], end: index + ticks.length }
  if (unclosed.has(ticks)) return literal
  const run = /`+/g
  run.lastIndex = index + ticks.length
  for (let match = run.exec(text); match !== null; match = run.exec(text)) {
    if (match[0] !== ticks) continue
    const code = text.slice(index + ticks.length, match.index)
    const trimmed = /^ .*[^ ].* $/.test(code) || /^ [^ ] $/.test(code) ? code.slice(1, -1) : code
    return { tokens: [{ kind: 'code', text: trimmed }], end: run.lastIndex }
  }
  unclosed.add(ticks)
  return literal
}

function readEmphasis({ text, index, depth, unclosed }: Mark): Found {
  const character = text.charAt(index)
  const double = text.charAt(index + 1) === character
  const mark = double ? character + character : character
  if (mark === '~' || unclosed.has(mark)) return null
  const start = index + mark.length
  if (/^\s|^$/.test(text.charAt(start)) || text.charAt(start) === character) return null
  if (character === '_' && /[\p{L}\p{N}]/u.test(text.charAt(index - 1))) return null
  const end = closing({ text, mark, from: start })
  if (end === -1) {
    unclosed.add(mark)
    return null
  }
  const kind = mark === '~~' ? 'strike' : double ? 'strong' : 'em'
  return {
    tokens: [{ kind, children: readTokens(text.slice(start, end), depth + 1) }],
    end: end + mark.length,
  }
}

function closing({ text, mark, from }: { text: string; mark: string; from: number }): number {
  const character = mark.charAt(0)
  for (let end = text.indexOf(mark, from + 1); end !== -1; end = text.indexOf(mark, end + 1)) {
    if (/[\s\\]/.test(text.charAt(end - 1))) continue
    const after = text.charAt(end + mark.length)
    if (mark.length === 1 && (after === character || text.charAt(end - 1) === character)) continue
    if (character === '_' && /[\p{L}\p{N}]/u.test(after)) continue
    return end
  }
  return -1
}

function readLink({ text, index, depth }: Mark): Found {
  const pattern =
    /(!?)\[((?:[^[\]\\]|\\.){0,500})\]\(\s{0,9}(?:<([^<>\n]{0,2000})>|([^\s()<>]{0,2000}(?:\([^\s()<>]{0,500}\)[^\s()<>]{0,500})?))(?:\s{1,9}"[^"]{0,300}")?\s{0,9}\)/y
  pattern.lastIndex = index
  const match = pattern.exec(text)
  if (match === null) return null
  const children = readTokens(match[2] ?? '', depth + 1)
  const href = match[1] === '!' ? null : safeHref(match[3] ?? match[4] ?? '')
  return { tokens: href === null ? children : [{ kind: 'link', href, children }], end: pattern.lastIndex }
}

function readAngle({ text, index }: Mark): Found {
  const pattern = /<((?:https?:\/\/|mailto:)[^\s<>]{1,2000})>/iy
  pattern.lastIndex = index
  const match = pattern.exec(text)
  return match === null ? null : address(match[1] ?? '', pattern.lastIndex)
}

function readBareAddress({ text, index }: Mark): Found {
  if (/[\p{L}\p{N}_]/u.test(text.charAt(index - 1))) return null
  const pattern = /https?:\/\/[^\s<>"`]{1,2000}/y
  pattern.lastIndex = index
  const written = pattern.exec(text)?.[0].replace(/(?:[.,;:!?'*_~]|\)(?![^(]*$))+$/, '')
  if (written === undefined) return null
  const balanced = written.endsWith(')') && !written.includes('(') ? written.slice(0, -1) : written
  return address(balanced, index + balanced.length)
}

function address(written: string, end: number): Found {
  const href = safeHref(written)
  return href === null
    ? null
    : { tokens: [{ kind: 'link', href, children: [{ kind: 'text', text: written }] }], end }
}

/** Only what a browser opens as a page or a letter; relative addresses mean nothing outside their repository. */
function safeHref(written: string): string | null {
  const url = URL.parse(written.replace(/\\([!-/:-@[-`{-~])/g, '$1'))
  return url !== null && /^(?:https?|mailto):$/.test(url.protocol) ? url.href : null
}
