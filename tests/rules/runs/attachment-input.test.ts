import { describe, expect, it } from 'vitest'
import { fileName, linkAddress } from '#lib/runs/attachment-input.ts'

describe('the name of a file', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ana\\shot.png', 'shot.png'],
    ['.bashrc', 'bashrc'],
    ['a\r\nSet-Cookie: x.txt', 'aSet-Cookie: x.txt'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['Prüfbericht „final“.pdf', 'Prüfbericht „final“.pdf'],
    ['', 'file'],
    ['///', 'file'],
    ['\ud800.txt', '\ufffd.txt'],
    ['x'.repeat(300), 'x'.repeat(200)],
  ])('%j is %j', (written, shown) => {
    expect(fileName(written)).toBe(shown)
  })
})

describe('a link', () => {
  it.each([
    ['https://ci.example.com/builds/1?x=1#log', 'https://ci.example.com/builds/1?x=1#log'],
    ['http://wiki.corp/page', 'http://wiki.corp/page'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['file:///etc/passwd', null],
    ['https://ana:secret@ci.example.com/', null],
    ['ci.example.com', null],
    ['', null],
  ])('%s: %s', (written, address) => {
    expect(linkAddress(written)).toBe(address)
  })
})
