import { createHash } from 'node:crypto'
import { db } from './db.ts'
import { newId } from './ids.ts'
import { HEAD_BYTES, sniffMediaType, textWatch } from './media-type.ts'
import { rowsOf, sql } from './sql.ts'

/** One row of the database; large enough to be few, small enough that a slow reader holds little. */
const CHUNK_BYTES = 262_144

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>
export type StoredFile = { fileId: string; sha256: string; bytes: number; mediaType: string }

/** Cuts what arrives in any pieces into chunks of one size; the last may be shorter. */
async function* inChunks(source: Bytes): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunk = new Uint8Array(CHUNK_BYTES)
  let filled = 0
  for await (const piece of source) {
    for (let from = 0; from < piece.byteLength; ) {
      const part = piece.subarray(from, from + CHUNK_BYTES - filled)
      chunk.set(part, filled)
      filled += part.byteLength
      from += part.byteLength
      if (filled < CHUNK_BYTES) continue
      yield chunk
      chunk = new Uint8Array(CHUNK_BYTES)
      filled = 0
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled)
}

async function writeChunks(fileId: string, source: Bytes): Promise<Omit<StoredFile, 'fileId'>> {
  const hash = createHash('sha256')
  const isText = textWatch()
  let head = new Uint8Array()
  let bytes = 0
  let n = 0
  for await (const body of inChunks(source)) {
    if (n === 0) head = body.slice(0, HEAD_BYTES)
    hash.update(body)
    isText.see(body)
    bytes += body.byteLength
    await db().storedFileChunk.create({ data: { fileId, n, body }, select: { n: true } })
    n += 1
  }
  const mediaType = await sniffMediaType({ head, isText: isText.end() })
  return { sha256: hash.digest('hex'), bytes, mediaType }
}

const UNIQUE_VIOLATION = '23505'

/** Makes the file whole; false when the team has its content already, also from an upload that ended at the same moment. */
async function settle({
  teamId,
  fileId,
  written,
}: {
  teamId: string
  fileId: string
  written: Omit<StoredFile, 'fileId'>
}): Promise<boolean> {
  const { sha256, bytes, mediaType } = written
  try {
    const rows = await rowsOf<{ id: string }>(sql`
      UPDATE stored_file SET sha256 = ${sha256}, bytes = ${bytes}::int, media_type = ${mediaType}, kept_at = clock_timestamp()
      WHERE id = ${fileId}::uuid
        AND NOT EXISTS (SELECT FROM stored_file WHERE team_id = ${teamId}::uuid AND sha256 = ${sha256})
      RETURNING id`)
    return rows.length > 0
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) return false
    throw error
  }
}

/** The same content is kept once in a team; asking for it again keeps it longer. */
async function known(teamId: string, sha256: string): Promise<StoredFile | null> {
  const rows = await db().$queryRaw<StoredFile[]>`
    UPDATE stored_file SET kept_at = clock_timestamp() WHERE team_id = ${teamId}::uuid AND sha256 = ${sha256}
    RETURNING id AS "fileId", sha256, bytes, media_type AS "mediaType"`
  return rows[0] ?? null
}

async function drop(fileId: string): Promise<void> {
  await db().storedFile.deleteMany({ where: { id: fileId } })
}

/**
 * Writes a file as it arrives; its type is what its bytes look like, whatever anybody calls it. When `source` breaks off, nothing
 * is kept and its error is thrown. What no record refers to within a day is cleared.
 */
export async function keepFile({ teamId, source }: { teamId: string; source: Bytes }): Promise<StoredFile> {
  const fileId = newId()
  await db().storedFile.create({ data: { id: fileId, teamId, keptAt: new Date() }, select: { id: true } })
  try {
    const written = await writeChunks(fileId, source)
    if (await settle({ teamId, fileId, written })) return { fileId, ...written }
    await drop(fileId)
    const same = await known(teamId, written.sha256)
    if (same === null) throw new Error(`stored file ${fileId} was not kept`)
    return same
  } catch (error) {
    await drop(fileId).catch(() => undefined)
    throw error
  }
}

/**
 * The bytes of a file, chunk by chunk. Its last chunk is given out only when the whole is what its SHA-256 says: a file that was
 * changed in the database breaks off instead of ending.
 */
export async function* readFile({
  fileId,
  sha256,
}: {
  fileId: string
  sha256: string
}): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let held: Uint8Array | null = null
  for (let n = 0; ; n += 1) {
    const chunk = await db().storedFileChunk.findUnique({
      where: { fileId_n: { fileId, n } },
      select: { body: true },
    })
    if (chunk === null) break
    hash.update(chunk.body)
    if (held !== null) yield held
    held = chunk.body
  }
  if (hash.digest('hex') !== sha256) throw new Error(`stored file ${fileId} is not what its digest says`)
  if (held !== null) yield held
}
