import { describe, expect, it } from 'vitest'
import { nameFromAddress, rawAddress } from '#lib/templates/raw-address.ts'

describe('the address of a file', () => {
  it.each([
    [
      'https://github.com/a/b/blob/main/docs/GO%20LIVE.md?plain=1#L3',
      'https://raw.githubusercontent.com/a/b/main/docs/GO%20LIVE.md',
    ],
    ['https://github.com/a/b/blame/v1/x.md', 'https://raw.githubusercontent.com/a/b/v1/x.md'],
    ['https://gitlab.com/g/sub/p/-/blob/main/x.md', 'https://gitlab.com/g/sub/p/-/raw/main/x.md'],
    ['https://git.example.com:8443/g/p/-/blob/main/x.md', 'https://git.example.com:8443/g/p/-/raw/main/x.md'],
    ['https://codeberg.org/a/b/src/branch/main/x.md', 'https://codeberg.org/a/b/raw/branch/main/x.md'],
    ['https://bitbucket.org/a/b/src/main/x.md', 'https://bitbucket.org/a/b/raw/main/x.md'],
    ['https://ghe.example.com/a/b/blob/main/x.md', 'https://ghe.example.com/a/b/raw/main/x.md'],
  ])('%s is %s, and it is said so', (page, raw) => {
    const found = rawAddress(page)
    expect(found.ok && found.url.href).toBe(raw)
    expect(found.ok && found.note).toContain(raw)
  })

  it('stays as it is where it is no page of a forge', () => {
    expect(rawAddress(' https://raw.githubusercontent.com/a/b/main/blob/x.md ')).toMatchObject({
      ok: true,
      note: null,
    })
    expect(rawAddress('https://github.com/a/b/raw/main/x.md')).toMatchObject({ ok: true, note: null })
  })

  it.each([
    ['github.com/a/b', 'Write it with https://'],
    ['http://github.com/a/b/blob/main/x.md', 'Only https://'],
    ['file:///etc/passwd', 'Only https://'],
    ['https://ana:secret@example.com/x.md', 'Leave out the user name'],
  ])('%s is refused: %s', (written, words) => {
    expect(rawAddress(written)).toEqual({ ok: false, message: expect.stringContaining(words) })
  })

  it('gives the template a name', () => {
    const name = (path: string) => nameFromAddress(new URL(path, 'https://x.test'))
    expect(name('/a/GO_LIVE%20CHECKLIST.md')).toBe('GO LIVE CHECKLIST')
    expect(name('/%E4%B8%8A%E7%BA%BF.markdown')).toBe('上线')
    expect(name('/100%.md')).toBe('100%')
    expect(name('/')).toBe('')
  })
})
