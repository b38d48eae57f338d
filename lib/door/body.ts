import { type Json, ok, type Refusal, type Result, refuse } from '#lib/shared/result.ts'
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

function tooLarge(limit: number): Refusal {
  return {
    code: 'too_large',
    message: `This is more than the ${sizeWords(limit)} that can be sent here. Shorten it, or split it in two.`,
  }
}

/** What the sender says the body's size is; null when it does not. */
function saidLength(request: Request): number | null {
  const said = request.headers.get('content-length')
  return said !== null && /^\d{1,15}$/.test(said) ? Number(said) : null
}

/** A refusal when the sender itself announces more than `limit` bytes: nothing of it is read but to let go of the connection. */
export async function announcedTooMuch({
  request,
  limit,
  words,
}: {
  request: Request
  limit: number
  words?: string
}): Promise<Refusal | null> {
  const length = saidLength(request)
  if (length === null || length <= limit) return null
  await letGo(request)
  return words === undefined ? tooLarge(limit) : { code: 'too_large', message: words }
}

/** Answers to a body that nobody reads: see `discard`. */
export async function letGo(request: Request): Promise<void> {
  const length = saidLength(request)
  if (length !== null && length > DISCARD_MOST) await request.body?.cancel()
  else if (request.body !== null && !request.bodyUsed) await discard(request.body.getReader())
}

/** Reads a body of at most `limit` bytes. */
export async function readBytes({
  request,
  limit,
  words,
}: {
  request: Request
  limit: number
  /** Said when it is more. */
  words?: string
}): Promise<Result<Buffer>> {
  const announced = await announcedTooMuch({ request, limit, ...(words === undefined ? {} : { words }) })
  if (announced) return refuse(announced)
  const reader = request.body?.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > limit) {
      await discard(reader)
      return refuse(words === undefined ? tooLarge(limit) : { code: 'too_large', message: words })
    }
    chunks.push(value)
  }
  return ok(Buffer.concat(chunks))
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
  const body = await readBytes({ request, limit })
  if (!body.ok) return body
  try {
    return ok(JSON.parse(body.value.toString('utf8')))
  } catch (error) {
    return refuse({
      code: 'invalid',
      message: `The body is not JSON: ${error instanceof Error ? error.message : 'cannot be read'}.`,
    })
  }
}
