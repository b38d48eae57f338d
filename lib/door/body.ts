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

/** A body that went on beyond its limit. */
export class TooLarge extends Error {}

/** A body as it arrives; throws TooLarge above `limit` bytes, once its sender has been let go. */
export async function* bodyChunks({
  request,
  limit,
}: {
  request: Request
  limit: number
}): AsyncGenerator<Uint8Array> {
  const reader = request.body?.getReader()
  let size = 0
  while (reader) {
    const { done, value } = await reader.read()
    if (done) return
    size += value.byteLength
    if (size > limit) {
      await discard(reader)
      throw new TooLarge()
    }
    yield value
  }
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
  const chunks: Uint8Array[] = []
  try {
    for await (const chunk of bodyChunks({ request, limit })) chunks.push(chunk)
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error
    return refuse(words === undefined ? tooLarge(limit) : { code: 'too_large', message: words })
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
