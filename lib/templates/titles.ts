const TITLE_MAX_LENGTH = 160

/** Bold from end to end; a sign before it and a remark in brackets behind it are part of the title. */
const BOLD =
  /^[^\p{L}\p{N}*_[\]<>|]{0,8}(?:\*{2,3}(?=\S)([^*\n]{1,160})\*{2,3}|__(?=\S)([^_\n]{1,160})__)\s*[:：]?(?:\s*\([^()\n]{1,80}\)\s*[:：]?)?$/u

/** A heading's words for the screen: comments, emphasis and the targets of links left out, decoration kept. */
export function plainTitle(markdown: string): string {
  const text = markdown
    .replace(/!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)/g, '$1')
    .replace(/<\/?[A-Za-z][^<>\n]{0,200}>/g, '')
    .replace(/\*+|`+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/\s*[:：]$/u, '')
    .trim()
  return text.length <= TITLE_MAX_LENGTH ? text : `${text.slice(0, TITLE_MAX_LENGTH - 1).trimEnd()}…`
}

/** Title of a line that is bold from end to end and so stands for a heading, or null. */
export function boldTitle(markdown: string): string | null {
  const text = markdown.trim()
  const match = BOLD.exec(text)
  const title = match?.[1] ?? match?.[2]
  return title === undefined || !/[\p{L}\p{N}]/u.test(title) ? null : plainTitle(text)
}
