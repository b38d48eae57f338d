/** What is looked for in a page: its policies said in `meta`, and its scripts. */
export type HtmlFacts = {
  meta: { csp: string[]; referrer: string | null }
  scripts: { src: string | null; integrity: boolean }[]
}

/** Elements whose text is no markup (HTML, 13.2.5). A template's content is no part of the page either. */
const RAW = ['script', 'style', 'textarea', 'title', 'iframe', 'noembed', 'noframes', 'xmp', 'template']
const NAME = /^<([a-z][^\s/>]{0,63})/i
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  colon: ':',
  sol: '/',
}
const MOST = 2_000

/** Walks over the start tags of a page, in time linear in its length. Knows nothing of where a parser would move an element. */
export function htmlFacts(html: string): HtmlFacts {
  const facts: HtmlFacts = { meta: { csp: [], referrer: null }, scripts: [] }
  let at = html.indexOf('<')
  while (at !== -1) {
    const next = html.charAt(at + 1)
    if (html.startsWith('<!--', at)) at = after(html, '-->', at + 2)
    else if (next === '!' || next === '?') at = after(html, '>', at)
    else {
      const name = NAME.exec(html.slice(at, at + 66))?.[1]?.toLowerCase()
      if (name === undefined) at = html.indexOf('<', at + 1)
      else {
        const tag = attributesOf(html, at + 1 + name.length)
        note(facts, { name, attributes: tag.attributes })
        at = RAW.includes(name) ? endOf(html, { name, from: tag.end }) : html.indexOf('<', tag.end)
      }
    }
    if (facts.scripts.length >= MOST) break
  }
  return facts
}

function after(html: string, mark: string, from: number): number {
  const found = html.indexOf(mark, from)
  return found === -1 ? -1 : html.indexOf('<', found + mark.length)
}

/** Where the text of a raw element ends. */
function endOf(html: string, { name, from }: { name: string; from: number }): number {
  for (let at = html.indexOf('</', from); at !== -1; at = html.indexOf('</', at + 2))
    if (html.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return html.indexOf('<', at + 2)
  return -1
}

function note(
  { meta, scripts }: HtmlFacts,
  { name, attributes }: { name: string; attributes: ReadonlyMap<string, string> },
): void {
  if (name === 'script')
    scripts.push({ src: attributes.get('src') || null, integrity: Boolean(attributes.get('integrity')) })
  if (name !== 'meta') return
  const content = attributes.get('content')
  const isEquivalent = attributes.has('http-equiv') && content !== undefined
  if (isEquivalent) {
    if (content !== '' && attributes.get('http-equiv')?.trim().toLowerCase() === 'content-security-policy')
      meta.csp.push(content)
  } else if (content && attributes.get('name')?.trim().toLowerCase() === 'referrer') meta.referrer = content
}

const BLANK = /[\s/]/

/** The attributes of a start tag, the first of a name counts; `end` is behind its `>`. */
function attributesOf(html: string, from: number): { attributes: Map<string, string>; end: number } {
  const attributes = new Map<string, string>()
  let at = from
  const skip = (pattern: RegExp) => {
    while (at < html.length && pattern.test(html.charAt(at))) at++
  }
  const take = (stop: RegExp) => {
    const start = at
    while (at < html.length && !stop.test(html.charAt(at))) at++
    return html.slice(start, at)
  }
  for (;;) {
    skip(BLANK)
    if (at >= html.length || html.charAt(at) === '>') return { attributes, end: at + 1 }
    // A stray "=" begins a name (HTML, 13.2.5.32).
    const first = html.charAt(at++)
    const name = (first + take(/[\s/>=]/)).toLowerCase()
    skip(/\s/)
    let value = ''
    if (html.charAt(at) === '=') {
      at++
      skip(/\s/)
      const quote = html.charAt(at)
      if (quote === '"' || quote === "'") {
        at++
        value = take(quote === '"' ? /"/ : /'/)
        at++
      } else value = take(/[\s>]/)
    }
    if (!attributes.has(name)) attributes.set(name, decoded(value))
  }
}

function decoded(value: string): string {
  return value.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|quot|apos|lt|gt|colon|sol));?/gi,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : whole
    },
  )
}
