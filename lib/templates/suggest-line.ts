import { parseInline } from './inline.ts'
import type { TemplateItem, TemplateSection } from './model.ts'
import { wordsOf } from './stages.ts'

/** An item as the rules read it. */
export type Line = {
  /** The item's words: lower case, NFKC, one blank at a time, without emphasis, addresses and status emoji. */
  text: string
  /** The same in its own case, for what is copied into a probe. */
  written: string
  /** Addresses as written in the prose or in code; where a link's words lead is somebody's further reading. */
  urls: string[]
  /** True where the line is a link and nothing else: something to read, not something that is so. */
  isLink: boolean
  /** The beginning of what stands under the item, as `text`: expected values are often there. */
  detail: string
  /** The words of the headings above it. */
  section: string
  /** The one health path that the document names anywhere, or null. */
  healthPath: string | null
}

const ADDRESS = /https?:\/\/[^\s<>"'`|)\]]{1,500}/g
const LONGEST = 1_000
const DETAIL_READ = 600
const SECTION_READ = 300

/** Everything is cut, so that each item costs the same at most: what stands behind a thousand characters is no statement. */
export function lineOf({
  item,
  section,
  healthPath,
}: {
  item: Pick<TemplateItem, 'text' | 'detail'>
  section: TemplateSection | undefined
  healthPath: string | null
}): Line {
  const urls: string[] = []
  const gather = (text: string) => {
    for (const [url] of text.matchAll(ADDRESS)) urls.push(url.replace(/[.,;:]+$/, ''))
    return text.replace(ADDRESS, ' ')
  }
  let text = ''
  const read = (tokens: ReturnType<typeof parseInline>) => {
    for (const token of tokens) {
      if (token.kind === 'code') {
        text += ` ${gather(token.text)} `
      } else if (token.kind === 'text') {
        text += gather(token.text)
      } else {
        read(token.children)
      }
    }
  }
  const tokens = parseInline(item.text.slice(0, LONGEST))
  read(tokens)
  const [first, ...rest] = tokens.filter((token) => token.kind !== 'text' || token.text.trim() !== '')
  return {
    text: plain(text).toLowerCase(),
    written: plain(text),
    urls: [...new Set(urls)],
    isLink: first?.kind === 'link' && rest.length === 0 && urls.length === 0,
    detail: plain(item.detail?.slice(0, DETAIL_READ) ?? '').toLowerCase(),
    section: wordsOf(section?.path.join(' / ').slice(-SECTION_READ) ?? ''),
    healthPath,
  }
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/(?:\p{Extended_Pictographic}|\u{fe0f}|\u{20e3})/gu, ' ')
    .replace(/[\s\u00a0]+/g, ' ')
    .replace(/^[\s:–—-]+/, '')
    .trim()
}
