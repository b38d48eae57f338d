import { LIMITS } from '#lib/shared/limits.ts'
import { ok, type Result, refuse } from '#lib/shared/result.ts'
import { findNotUtf8, notUtf8Message } from '#lib/shared/utf8.ts'
import { decodeSource } from '#lib/templates/source-bytes.ts'

/** Code of a refusal that `latin1` can lift: every byte is text, though not UTF-8. */
export const NOT_UTF8 = 'not_utf8'

/**
 * A chosen file as text, its byte order mark kept, so that the export gives the same bytes back. Bytes that are not UTF-8
 * are refused with their place; with `latin1` each is read as the ISO 8859-1 character of its number, none replaced.
 */
export async function readMarkdownFile(
  file: File,
  { latin1 = false }: { latin1?: boolean } = {},
): Promise<Result<string>> {
  if (file.size > LIMITS.templateBytes)
    return refuse({
      code: 'too_large',
      message: `${file.name} is larger than ${LIMITS.templateBytes.toLocaleString('en')} bytes. Split the checklist in two.`,
    })
  const bytes = new Uint8Array(await file.arrayBuffer())
  if (bytes.length === 0) return refuse({ code: 'empty', message: `${file.name} is empty.` })
  const bad = findNotUtf8(bytes)
  if (bytes.includes(0))
    return refuse({
      code: 'not_text',
      message: `${file.name} is not a text file${bad === null ? '' : ', or not in UTF-8'}. Save it as UTF-8 and choose it again.`,
    })
  if (bad !== null && !latin1)
    return refuse({ code: NOT_UTF8, message: `${file.name}, ${notUtf8Message(bad)}` })
  return ok(decodeSource(bytes).text)
}
