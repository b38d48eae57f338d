import { LIMITS } from '#lib/shared/limits.ts'
import { ok, type Result, refuse } from '#lib/shared/result.ts'

/** A chosen file as text, its byte order mark kept, so that the export gives the same bytes back. */
export async function readMarkdownFile(file: File): Promise<Result<string>> {
  if (file.size > LIMITS.templateBytes) {
    return refuse({
      code: 'too_large',
      message: `${file.name} is larger than ${LIMITS.templateBytes.toLocaleString('en')} bytes. Split the checklist in two.`,
    })
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer()))
  } catch {
    return refuse({
      code: 'not_text',
      message: `${file.name} is not UTF-8 text. Save it as UTF-8 and choose it again.`,
    })
  }
}
