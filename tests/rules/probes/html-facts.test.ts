import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { htmlFacts } from '#lib/probes/html-facts.ts'

describe('what is looked for in a page', () => {
  it.each<[string, { src: string | null; integrity: boolean }[]]>([
    ['<script src=a.js></script>', [{ src: 'a.js', integrity: false }]],
    ["<SCRIPT\n SRC='a&amp;b.js' Integrity=x async></SCRIPT>", [{ src: 'a&b.js', integrity: true }]],
    ['<script src="a" src="b"></script>', [{ src: 'a', integrity: false }]],
    [
      '<script>"<script src=x>"</script><script src=y></script>',
      [
        { src: null, integrity: false },
        { src: 'y', integrity: false },
      ],
    ],
    ['<!-- <script src=x></script> --><script src=y>', [{ src: 'y', integrity: false }]],
    ['<!--><script src=y></script>', [{ src: 'y', integrity: false }]],
    ['<title><script src=x></title>a < b <p>', []],
    ['<p title="<script src=x>">', []],
    ['<script src="&#104;ttps&colon;//a/"></script>', [{ src: 'https://a/', integrity: false }]],
    ['<script src="a', [{ src: 'a', integrity: false }]],
    ['<', []],
  ])('%s', (html, scripts) => {
    expect(htmlFacts(html).scripts).toEqual(scripts)
  })

  it('reads policies and the last referrer', () => {
    const page = `<meta http-equiv=Content-Security-Policy content="default-src 'self'"><meta name=referrer content=origin>
      <meta name="Referrer" content="no-referrer"><meta http-equiv="Content-Security-Policy"><meta name=referrer content="">`
    expect(htmlFacts(page).meta).toEqual({ csp: ["default-src 'self'"], referrer: 'no-referrer' })
  })

  it('answers any text', () => {
    const piece = fc.oneof(
      fc.constantFrom('<script', ' src=', '"', '>', '<!--', '-->', '</', 'meta', '=', '/', '<title>'),
      fc.string({ maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (parts) => {
        expect(htmlFacts(parts.join('')).scripts.length).toBeLessThanOrEqual(parts.length)
      }),
    )
  })
})
