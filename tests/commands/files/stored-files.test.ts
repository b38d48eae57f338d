import { createHash, randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { db } from '#lib/server/db.ts'
import { keepHouse } from '#lib/server/housekeeping.ts'
import { keepFile, readFile } from '#lib/server/stored-files.ts'
import { makeTeam } from '#tests/commands/teams/people.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'

useTestDatabase()

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.byteLength; from += size) yield bytes.subarray(from, from + size)
}

async function contentOf(file: { fileId: string; sha256: string }): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of readFile(file)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

it('keeps what arrives in any pieces, once a content and team', async () => {
  const { teamId } = await makeTeam()
  const other = await makeTeam()
  const content = randomBytes(700_001)
  const kept = await keepFile({ teamId, source: pieces(content, 65_537) })
  expect(kept).toMatchObject({ bytes: 700_001, sha256: createHash('sha256').update(content).digest('hex') })
  expect((await contentOf(kept)).equals(content)).toBe(true)
  expect(await db().storedFileChunk.count({ where: { fileId: kept.fileId } })).toBe(3)

  const [again, at, once] = await Promise.all(
    [1, 2, 3].map(() => keepFile({ teamId, source: pieces(content, 999_999) })),
  )
  for (const same of [again, at, once]) expect(same).toEqual(kept)
  expect(await db().storedFile.count({ where: { teamId } })).toBe(1)
  const foreign = await keepFile({ teamId: other.teamId, source: pieces(content, 1_000_000) })
  expect(foreign.fileId).not.toBe(kept.fileId)
})

it('keeps one of two same files that arrive at the same moment', async () => {
  const { teamId } = await makeTeam()
  const content = randomBytes(300_000)
  const all = await Promise.all([1, 2, 3, 4].map(() => keepFile({ teamId, source: pieces(content, 50_000) })))
  expect(new Set(all.map(({ fileId }) => fileId)).size).toBe(1)
  expect(await db().storedFile.count({ where: { teamId } })).toBe(1)
})

it.each([
  ['image/png', Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')],
  ['application/pdf', Buffer.from('%PDF-1.7\n1 0 obj\n')],
  ['text/plain', Buffer.from('<script>alert(1)</script> über alles, \u001b[31mred\u001b[0m\n')],
  ['application/octet-stream', Buffer.from([1, 2, 3, 0, 255, 254])],
  ['application/octet-stream', Buffer.alloc(0)],
])('says %s by the bytes alone', async (mediaType, content) => {
  const { teamId } = await makeTeam()
  expect(await keepFile({ teamId, source: pieces(content, 10) })).toMatchObject({ mediaType })
})

it('keeps nothing of a file that broke off', async () => {
  const { teamId } = await makeTeam()
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield randomBytes(600_000)
    throw new Error('gone')
  }
  await expect(keepFile({ teamId, source: broken() })).rejects.toThrow('gone')
  expect(await db().storedFile.count({ where: { teamId } })).toBe(0)
})

it('never changes a file that is whole, and notices one that was changed past the triggers', async () => {
  const { teamId } = await makeTeam()
  const { fileId } = await keepFile({ teamId, source: pieces(randomBytes(300_000), 100_000) })
  const chunk = { fileId, n: 2, body: new Uint8Array([1]) }
  await expect(db().storedFileChunk.create({ data: chunk })).rejects.toThrow(/never grows/)
  await expect(
    db().storedFileChunk.updateMany({ where: { fileId }, data: { body: chunk.body } }),
  ).rejects.toThrow(/permission denied|append-only/)
  await expect(db().storedFileChunk.deleteMany({ where: { fileId } })).rejects.toThrow(/permission denied/)
  await expect(
    db().storedFile.update({ where: { id: fileId }, data: { sha256: 'a'.repeat(64) } }),
  ).rejects.toThrow(/never changes/)
  await expect(contentOf({ fileId, sha256: 'b'.repeat(64) })).rejects.toThrow(/not what its digest says/)
})

it('clears after a day what no record refers to', async () => {
  const { teamId } = await makeTeam()
  const old = await keepFile({ teamId, source: pieces(randomBytes(10), 10) })
  const fresh = await keepFile({ teamId, source: pieces(randomBytes(10), 10) })
  await db().storedFile.update({
    where: { id: old.fileId },
    data: { keptAt: new Date(Date.now() - 90_000_000) },
  })
  await keepHouse()
  expect((await db().storedFile.findMany({ where: { teamId } })).map(({ id }) => id)).toEqual([fresh.fileId])
  expect(await db().storedFileChunk.count({ where: { fileId: old.fileId } })).toBe(0)
})
