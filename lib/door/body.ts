import { type Json, ok, type Result, refuse } from '#lib/shared/result.ts'
import { sizeWords } from '#lib/shared/size-words.ts'

const DISCARD_MOST = 64_000_000

/**
 * Reads on without keeping anything: giving a body up half-way blocks its connection, and a browser that is still sending
 * may never see the answer. Who sends without end is cut off.
 */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  for (let size = 0; size <= DISCARD_MOST; ) {
    const { done, value } = await reader.read()
    if (done) return
    size += value.byteLength
  }
  await reader.cancel()
}

/** Reads a JSON body of at most `limit` bytes; says which limit or which syntax error. */
export async function readJson({
  request,
  limit,
}: {
  request: Request
  limit: number
}): Promise<Result<Json>> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    return refuse({ code: 'invalid', message: 'Send content-type: application/json.' })
  }
  const reader = request.body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      await discard(reader)
      return refuse({
        code: 'too_large',
        message: `This is more than the ${sizeWords(limit)} that can be sent here. Shorten it, or split it in two.`,
      })
    }
    chunks.push(value)
  }
  try {
    return ok(JSON.parse(Buffer.concat(chunks).toString('utf8')))
  } catch (error) {
    return refuse({
      code: 'invalid',
      message: `The body is not JSON: ${error instanceof Error ? error.message : 'cannot be read'}.`,
    })
  }
}
