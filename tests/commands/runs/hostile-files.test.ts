import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { db } from '#lib/server/db.ts'
import { useTestDatabase } from '#tests/support/use-test-database.ts'
import { download, send } from './attaching.ts'
import { itemOf, makeScene, openScene } from './fixture.ts'

useTestDatabase()

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)),
  )

/** What somebody may bring: its name, its bytes, what they are said to be, and the name under which it is saved. */
const BROUGHT: [string, string, Uint8Array<ArrayBuffer>, string, string][] = [
  ['a page', 'a.html', bytes('<!doctype html><script>alert(1)</script>'), 'text/plain', 'a.html'],
  [
    'a drawing with a script',
    'a.svg',
    bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    'text/plain',
    'a.svg',
  ],
  [
    'a picture that is a script too',
    'a.gif',
    bytes('GIF89a/*', [1, 0, 1, 0], '*/=alert(1)//'),
    'image/gif',
    'a.gif',
  ],
  [
    'a PDF that is a page too',
    'a.html',
    bytes('%PDF-1.4\n<script>alert(1)</script>'),
    'application/pdf',
    'a.html',
  ],
  [
    'a bomb in gzip',
    'a.txt',
    new Uint8Array(gzipSync(new Uint8Array(20_000_000))),
    'application/gzip',
    'a.txt',
  ],
  [
    'a program',
    'notes.pdf',
    bytes('MZ', [0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff]),
    'application/x-msdownload',
    'notes.pdf',
  ],
  ['two extensions', 'report.pdf.exe', bytes('text'), 'text/plain', 'report.pdf.exe'],
  ['a name that is turned around', 'invoice\u202efdp.exe', bytes('text'), 'text/plain', 'invoicefdp.exe'],
  [
    'a name with a line in it',
    'a\r\nset-cookie: x=1.txt',
    bytes('text'),
    'text/plain',
    'aset-cookie: x=1.txt',
  ],
  ['a name with quotes', 'a"; filename="b.html', bytes('text'), 'text/plain', 'a"; filename="b.html'],
  ['a name that climbs', '../../etc/.passwd', bytes('text'), 'text/plain', 'passwd'],
  ['a name of nothing', '...', bytes('text'), 'text/plain', 'file'],
]

describe('a file that means harm', () => {
  it.each(BROUGHT)(
    '%s is what its bytes are, and is saved and never shown',
    async (_, name, body, type, saved) => {
      const scene = await openScene(await makeScene())
      const sent = await send(scene, scene.ana, { name, body, headers: { 'content-type': 'text/html' } })
      expect(sent).toMatchObject({ status: 201 })
      const { attachments } = await itemOf(scene, scene.bo, 'Tests pass')
      expect(attachments).toMatchObject([{ label: saved, file: { mediaType: type, bytes: body.byteLength } }])
      const answer = await download(scene, scene.bo, sent.body.value?.attachmentId ?? '')
      const { headers } = answer
      expect(headers.get('content-type')).toBe('application/octet-stream')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('content-security-policy')).toContain('sandbox')
      const said = headers.get('content-disposition') ?? ''
      expect(said).toMatch(/^attachment; filename="[\w.-]+"; filename\*=UTF-8''[\w.%!~-]+$/)
      expect(decodeURIComponent(said.split("''")[1] ?? '')).toBe(saved)
      expect(new Uint8Array(await answer.arrayBuffer())).toEqual(body)
    },
  )

  it('of the same content is kept once, however often and under whatever name it is brought', async () => {
    const scene = await openScene(await makeScene())
    const first = await send(scene, scene.ana, { name: 'one.txt', body: 'the same' })
    const second = await send(scene, scene.bo, { name: 'two.html', body: 'the same' })
    expect([first.status, second.status]).toEqual([201, 201])
    const { attachments } = await itemOf(scene, scene.ana, 'Tests pass')
    expect(attachments).toMatchObject([{ label: 'one.txt' }, { label: 'two.html' }])
    expect(await db().storedFile.count({ where: { teamId: scene.team.teamId } })).toBe(1)
  })
})
