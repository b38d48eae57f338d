import { frontMatterValue } from './front-matter.ts'
import { lineCount, lineText, type Source } from './source.ts'

const EDGE = 20
const LONGEST_LINE = 200
const VERSION =
  /^[\s>*_-]*(?:(?:document|template|checklist)\s+)?version[*_]*\s*[:：][*_\s]*(\S.{0,38}?)[*_\s]*$/iu
const UPDATED =
  /^[\s>*_-]*(?:last[\s-]+(?:updated|modified|reviewed)|updated(?:\s+on)?)[*_]*\s*[:：][*_\s]*(\S.{0,58}?)[*_\s]*$/iu

/**
 * Version and date of the document itself, from its front matter or from a line such as `*Last Updated: May 2026*` near its
 * head or foot; a blank to fill in is neither. Also tells which lines said so.
 */
export function readMetadata(source: Source): {
  version: string | null
  updated: string | null
  lines: number[]
} {
  const { text } = source
  let version = frontMatterValue({ text, key: 'version' })
  let updated = frontMatterValue({ text, key: '(?:last_)?updated' })
  const lines: number[] = []
  const count = lineCount(source)
  for (let line = 1; line <= count; line++) {
    if (line > EDGE && line <= count - EDGE) continue
    const written = lineText(source, line)
    if (written.length > LONGEST_LINE) continue
    const foundVersion = VERSION.exec(written)?.[1]
    const foundUpdated = UPDATED.exec(written)?.[1]
    const found = foundVersion ?? foundUpdated
    if (found === undefined || /_{2,}|\.{4,}|\[.*\]|[<{]/.test(found)) continue
    if (foundVersion !== undefined) version ??= found
    else updated ??= found
    lines.push(line)
  }
  return { version, updated, lines }
}
