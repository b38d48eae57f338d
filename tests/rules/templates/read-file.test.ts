import { describe, expect, test } from 'vitest'
import { readMarkdownFile } from '#components/templates/read-file.ts'

const file = (...bytes: number[]) => new File([Uint8Array.from(bytes)], 'x.md')

describe('a chosen file', () => {
  test('UTF-8 keeps its byte order mark', async () => {
    expect(await readMarkdownFile(file(0xef, 0xbb, 0xbf, 0x61))).toEqual({ ok: true, value: '\uFEFFa' })
  })

  test('a byte that is not UTF-8 is told with its place, and no character stands in for it', async () => {
    const latin = file(0x61, 0x0a, 0x62, 0xe9)
    expect(await readMarkdownFile(latin)).toMatchObject({
      refusal: {
        code: 'not_utf8',
        message: expect.stringContaining('x.md, line 2, column 2: the byte 0xE9'),
      },
    })
    expect(await readMarkdownFile(latin, { latin1: true })).toEqual({ ok: true, value: 'a\nb\u00e9' })
  })

  test.each([
    ['empty', [], 'empty'],
    ['no text', [0x61, 0x00], 'not_text'],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00], 'not_text'],
  ])('%s is refused, as Latin-1 too', async (_name, bytes, code) => {
    expect(await readMarkdownFile(file(...bytes), { latin1: true })).toMatchObject({ refusal: { code } })
  })
})
