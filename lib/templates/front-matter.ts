/** Lines that a YAML block of keys and values is made of; anything else means that the rules are just rules. */
const YAML_LINE =
  /^(?:[ \t].*|[\w.-]+[ \t]*:.*|"[^"]*"[ \t]*:.*|'[^']*'[ \t]*:.*|[\w./ ()-]+[ \t]*:.*|-[ \t].*|#.*|)$/u
const LONGEST = 200

/**
 * Offset behind the front matter of a Markdown text (a `---` block on its first line), or 0 where there is none. A
 * block that holds a task line is taken for content: no item may hide in metadata.
 */
export function frontMatterEnd(text: string): number {
  const opening = /^---[ \t]*(?:\r\n|\n|\r)/.exec(text)
  if (opening === null) return 0
  const line = /([^\r\n]*)(\r\n|\n|\r|$)/y
  line.lastIndex = opening[0].length
  for (let count = 0; count < LONGEST; count++) {
    const match = line.exec(text)
    if (match === null || (match[2] === '' && match[1] === '')) return 0
    const content = match[1] ?? ''
    if (/^---[ \t]*$/.test(content)) return match.index + match[0].length
    if (!YAML_LINE.test(content) || /^[ \t]*[-*+] \[[ xX]\]/.test(content) || match[2] === '') return 0
  }
  return 0
}

/** Value of a top-level key of the front matter, unquoted, or null. */
export function frontMatterValue({ text, key }: { text: string; key: string }): string | null {
  const mark = text.startsWith('\uFEFF') ? 1 : 0
  const block = text.slice(mark, mark + frontMatterEnd(text.slice(mark)))
  const found = new RegExp(`^${key}[ \\t]*:[ \\t]*(.+?)[ \\t]*$`, 'im').exec(block)?.[1]
  return found === undefined || /^[|>]/.test(found) ? null : found.replace(/^(["'])(.*)\1$/, '$2')
}
