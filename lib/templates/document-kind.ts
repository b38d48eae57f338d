import type { TemplateModel } from './model.ts'

/** What a text seems to be, for somebody whose text holds no item. */
export type DocumentKind = 'checklist' | 'empty' | 'binary' | 'html' | 'code' | 'prose'

const CODE_LINE =
  /^\s*(?:import\s|from\s+\S+\s+import|export\s|package\s+[\w.]+;?$|#include|using\s+[\w.]+;|public\s|private\s|def\s+\w+|class\s+\w+|function\s|const\s|let\s|var\s|return\b|if\s*\(|for\s*\(|[}\]);]+;?$|\/\/|[\w.]+\([^)]*\);?$|@\w+)/
const CODE_SHARE = 0.4
const LOOKED_AT = 400

/** Tells a README from a page of HTML, a program or a file that is no text. A guess for words on a screen, nothing more. */
export function documentKind({
  source,
  model,
}: {
  source: string
  model: Pick<TemplateModel, 'items'>
}): DocumentKind {
  if (model.items.length > 0) return 'checklist'
  if (source.includes('\0') || isMostlyControl(source.slice(0, 4_096))) return 'binary'
  if (source.replace(/\uFEFF/g, '').trim() === '') return 'empty'
  const head = source.replace(/^\uFEFF/, '').trimStart()
  if (/^<(?:!doctype\s+html|html|\?xml|svg|head|body|div|table)\b/i.test(head)) return 'html'
  if (/^#!/.test(head) || isJson(head)) return 'code'
  const lines = source.split(/\r\n|\n|\r/, LOOKED_AT).filter((line) => line.trim() !== '')
  const code = lines.filter((line) => CODE_LINE.test(line)).length
  return code / lines.length >= CODE_SHARE ? 'code' : 'prose'
}

function isMostlyControl(text: string): boolean {
  const odd = text.match(/(?![\s])[\p{Cc}\ufffd]/gu)?.length ?? 0
  return odd > 8 && odd > text.length / 50
}

function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
