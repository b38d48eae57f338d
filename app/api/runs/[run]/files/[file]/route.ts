import { Readable } from 'node:stream'
import { z } from 'zod'
import { problem } from '#lib/door/problem.ts'
import { route } from '#lib/door/route.ts'
import { fileName } from '#lib/runs/attachment-input.ts'
import { getAttachedFile } from '#lib/runs/read/attachment.ts'
import { apiContentSecurityPolicy } from '#lib/server/security-headers.ts'
import { readFile } from '#lib/server/stored-files.ts'
import { NO_RUN, runReader } from '../../run-reader.ts'

export const access = 'session'
export const dynamic = 'force-dynamic'

/** RFC 6266 with RFC 8187: a plain name for old readers, the whole one for the others. */
function disposition(name: string): string {
  const shown = fileName(name)
  const plain = shown.replace(/[^\w.-]/g, '_')
  const whole = encodeURIComponent(shown).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`
}

/** A file of a run, to be saved and never shown in our name: whatever it is, it is no page of ours. */
export const GET = route<{ run: string; file: string }>(
  access,
  async ({ principal }, { run: runId, file }) => {
    const reader = await runReader({ principal, runId })
    const isId = z.uuid().safeParse(file).success
    const found = reader && isId ? await getAttachedFile(reader.actor, { runId, attachmentId: file }) : null
    if (found === null) return problem(NO_RUN)
    return new Response(Readable.toWeb(Readable.from(readFile(found))) as ReadableStream<Uint8Array>, {
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(found.bytes),
        'content-disposition': disposition(found.name),
        'content-security-policy': apiContentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'private, no-transform',
        etag: `"${found.sha256}"`,
      },
    })
  },
)
