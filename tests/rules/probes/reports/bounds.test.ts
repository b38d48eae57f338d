import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FORMAT_NAMES, FORMATS } from '#lib/probes/reports/formats.ts'
import { REPORT_LIMITS } from '#lib/probes/reports/limits.ts'
import { type Chunks, type ReadReport, readReport } from '#lib/probes/reports/read-report.ts'
import { bytesOf, problemOf, read, sample } from './read.ts'

const NAMED = [
  'junit-node.xml',
  'cobertura-c8.xml',
  'lcov-c8.info',
  'coverage-py.json',
  'cyclonedx-npm.json',
] as const
const SUITE = '<testsuite name="é😀"><testcase name="t"/></testsuite>'

async function readBytes(...chunks: (Uint8Array | number[])[]): Promise<ReadReport> {
  return readReport({ chunks: chunks.map((chunk) => Uint8Array.from(chunk)) })
}

function utf16(text: string, { little = true, mark = true } = {}): Uint8Array {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le')
  return new Uint8Array(little ? bytes : bytes.swap16())
}

async function messageOf(found: Promise<ReadReport>): Promise<string> {
  const read = await found
  return read.ok ? `read as ${read.format}` : read.problem.message
}

describe('a file in pieces', () => {
  it.each(NAMED)('%s says the same byte by byte', async (name) => {
    const whole = bytesOf(sample(name))
    const pieces: Chunks = {
      async *[Symbol.asyncIterator]() {
        for (const byte of whole) yield Uint8Array.of(byte)
      },
    }
    expect(await readReport({ chunks: pieces })).toEqual(await readReport({ chunks: [whole] }))
  })

  it('of no bytes, or of blanks, is empty', async () => {
    expect(await readBytes()).toEqual({
      ok: false,
      problem: { line: 1, column: 1, message: 'the file is empty' },
    })
    expect(await messageOf(readBytes([], []))).toBe('the file is empty')
    expect(await problemOf(' \n\t')).toEqual({ line: 1, column: 1, message: 'the file is empty' })
    expect(await messageOf(readBytes([0xef, 0xbb, 0xbf]))).toBe('the file is empty')
  })

  it('passes on what breaks off the stream', async () => {
    const chunks: Chunks = {
      async *[Symbol.asyncIterator]() {
        yield bytesOf('<testsuite>')
        throw new Error('the connection closed')
      },
    }
    await expect(readReport({ chunks })).rejects.toThrow('the connection closed')
  })
})

describe('text', () => {
  it.each<[string, Uint8Array]>([
    ['UTF-8', bytesOf(SUITE)],
    ['UTF-8 with its mark', bytesOf(`\ufeff${SUITE}`)],
    ['UTF-16, little end first', utf16(SUITE)],
    ['UTF-16, big end first', utf16(SUITE, { little: false })],
    ['UTF-16 without its mark', utf16(SUITE, { mark: false })],
    ['UTF-16 without its mark, big end first', utf16(SUITE, { little: false, mark: false })],
  ])('in %s is read, in one piece and in many', async (_, bytes) => {
    const whole = await readReport({ chunks: [bytes] })
    expect(whole).toMatchObject({ ok: true, facts: { suites: 1, tests: 1 }, bytes: bytes.length })
    expect(await readReport({ chunks: [...bytes].map((byte) => Uint8Array.of(byte)) })).toEqual(whole)
  })

  it.each<[string, (Uint8Array | number[])[], { line: number; column: number; message: string }]>([
    [
      'a byte of Latin-1',
      [bytesOf('<testsuite\n name="Z'), [0xfc], bytesOf('rich"/>')],
      { line: 2, column: 9, message: 'the byte 0xFC is not UTF-8; a report is text in UTF-8 or UTF-16' },
    ],
    [
      'a character that is cut off',
      [bytesOf('<testsuite/>\n'), [0xe2, 0x82]],
      { line: 2, column: 1, message: 'the byte 0xE2 is not UTF-8; a report is text in UTF-8 or UTF-16' },
    ],
    [
      'half a character of UTF-16',
      [utf16('<testsuite name="'), [0x00, 0xd8, 0x61, 0x00]],
      { line: 1, column: 18, message: 'this is not UTF-16LE; a report is text in UTF-8 or UTF-16' },
    ],
    [
      'half a unit of UTF-16',
      [utf16('<testsuite/>'), [0x0a]],
      { line: 1, column: 13, message: 'this is not UTF-16LE; a report is text in UTF-8 or UTF-16' },
    ],
    [
      'gzip',
      [[0x1f, 0x8b, 8, 0]],
      { line: 1, column: 1, message: 'this is a gzip file; push what is in it' },
    ],
    [
      'ZIP',
      [[0x50, 0x4b, 3, 4]],
      { line: 1, column: 1, message: 'this is a ZIP file; push the report that is in it' },
    ],
    [
      'UTF-32',
      [[0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]],
      { line: 1, column: 1, message: 'this is UTF-32; a report is text in UTF-8 or UTF-16' },
    ],
  ])('with %s is refused', async (_, chunks, problem) => {
    expect(await readBytes(...chunks)).toEqual({ ok: false, problem })
  })

  it('of any other kind is refused with what was looked for', async () => {
    expect((await problemOf('1..2\nok 1\n')).message).toBe(
      `this is neither XML nor JSON nor LCOV; wanted one of ${Object.values(FORMATS)
        .map(({ title }) => title)
        .join(', ')}`,
    )
    expect((await problemOf('<html/>')).message).toBe(
      'XML that begins with <html> is none of JUnit XML, JaCoCo XML, Cobertura XML, Clover XML, CycloneDX XML',
    )
    expect((await problemOf('{"a": 1}')).message).toMatch(
      /^this JSON is none of SARIF 2\.1\.0, CycloneDX JSON/,
    )
    expect((await problemOf('[]')).message).toMatch(/^this JSON is none of/)
    expect((await problemOf('ok 1', 'junit')).message).toBe(
      'this is neither XML nor JSON nor LCOV; wanted JUnit XML',
    )
    expect((await problemOf('<report/>', 'junit')).message).toBe(
      'XML that begins with <report> is not JUnit XML',
    )
    expect((await problemOf('{}', 'sarif')).message).toBe('this JSON is not SARIF 2.1.0')
  })
})

describe('XML', () => {
  const BARE = '<coverage line-rate="1" lines-covered="1" lines-valid="1"/>'

  it.each([
    `<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">${BARE}`,
    `<!DOCTYPE coverage SYSTEM 'coverage-04.dtd'>${BARE}`,
    '<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report/>',
  ])('may name a DTD: %s', async (text) => expect((await read(text)).ok).toBe(true))

  it.each([
    `<!DOCTYPE coverage [<!ENTITY a "b">]>${BARE}`,
    `<!DOCTYPE coverage SYSTEM "coverage-04.dtd" [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>${BARE}`,
    '<!DOCTYPE testsuites SYSTEM "file:///etc/passwd"><testsuites/>',
    '<!DOCTYPE testsuite><testsuite/>',
    '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><testsuite name="&lol2;"/>',
    `<!DOCTYPE coverage PUBLIC "[" "a">${BARE}`,
  ])('is refused with %s', async (text) => {
    const found = await read(text)
    expect(found).toMatchObject({
      ok: false,
      problem: { line: 1, message: 'a document type declaration is not read; leave the <!DOCTYPE …> out' },
    })
  })

  it.each([
    ['<testsuite>\n&xxe;</testsuite>', 2, 6, 'undefined entity'],
    ['<testsuite name="&xxe;"/>', 1, 23, 'undefined entity'],
    ['<testsuite>\n  <testcase></testsuite>', 2, 25, 'unexpected close tag'],
    ['<testsuite>', 1, 12, 'unclosed tag: testsuite'],
    ['<testsuite/><testsuite/>', 1, 25, 'documents may contain only one root'],
    ['<testsuite name="a" name="b"/>', 1, 31, 'duplicate attribute: name'],
    ['<testsuite>\u0000</testsuite>', 1, 13, 'disallowed character'],
    ['<?xml version="1.0"?>', 1, 22, 'document must contain a root element'],
    [' <?xml version="1.0"?><testsuite/>', 1, 8, 'an XML declaration must be at the start of the document'],
  ])('%j is refused at its place', async (text, line, column, message) => {
    const problem = await problemOf(text)
    expect({ ...problem, column: 0 }).toEqual({ line, column: 0, message })
    expect(Math.abs(problem.column - column)).toBeLessThanOrEqual(2)
  })

  it.each([
    ['depth', '<testsuite>'.repeat(101), 'elements stand at most 100 deep in each other'],
    [
      'attributes',
      `<testsuite ${Array.from({ length: 101 }, (_, index) => `a${index}=""`).join(' ')}/>`,
      'an element has at most 100 attributes',
    ],
    [
      'elements',
      `<testsuite>${'<a/>'.repeat(1_000_000)}</testsuite>`,
      'a report has at most 1000000 elements',
    ],
  ])('is bounded in %s', async (_, text, message) => expect((await problemOf(text)).message).toBe(message))

  it('as deep as may be is read', async () => {
    const text = `${'<testsuite>'.repeat(100)}${'</testsuite>'.repeat(100)}`
    expect(await read(text)).toMatchObject({ ok: true, facts: { suites: 100 } })
  })
})

describe('JSON', () => {
  it.each([
    ['{"a": 1,}', 1, 9, 'a name in double quotes is missing'],
    ['{"a" 1}', 1, 6, 'a colon is missing'],
    ['{"a": 1 "b"}', 1, 9, 'a comma or } is missing'],
    ['[1 2]', 1, 4, 'a comma or ] is missing'],
    ['[\n\n  tru]', 3, 3, 'a JSON value is missing'],
    ['["a', 1, 2, 'a text has no closing quote'],
    ['["a\nb"]', 1, 4, 'a control character stands in a text'],
    ['["\\x"]', 1, 3, 'this is no escape of JSON'],
    ['["\\u12"]', 1, 3, 'this is no escape of JSON'],
    ['[01]', 1, 2, 'a JSON value is missing'],
    ['[NaN]', 1, 2, 'a JSON value is missing'],
    ['[1', 1, 3, 'the file ends too early'],
    ['{"a":', 1, 6, 'the file ends too early'],
    ['[] []', 1, 4, 'something stands after the end of the JSON'],
    ['{"a": 1,\r\n"\\u0061": 2}', 2, 1, '"a" stands twice in one object'],
    ['{"__proto__": 1, "__proto__": 2}', 1, 18, '"__proto__" stands twice in one object'],
  ])('%j is refused at its place', async (text, line, column, message) => {
    expect(await problemOf(text)).toEqual({ line, column, message })
  })

  it.each([
    ['depth', '['.repeat(102), 'values stand at most 100 deep in each other'],
    ['one text', `["${'a'.repeat(1_000_001)}"]`, 'a text of JSON has at most 1000000 characters'],
    ['one number', `[${'1'.repeat(1_001)}]`, 'a number has at most 1000 characters'],
    ['values', `[${'1,'.repeat(2_000_000)}1]`, 'a report has at most 2000000 values'],
  ])('is bounded in %s', async (_, text, message) => expect((await problemOf(text)).message).toBe(message))
})

describe('size', () => {
  const fill = (bytes: number) => bytesOf(`<testsuite>${' '.repeat(bytes - 23)}</testsuite>`)

  it('of 10 MB is read, and one byte more is not', async () => {
    expect(await readReport({ chunks: [fill(REPORT_LIMITS.bytes)] })).toMatchObject({
      ok: true,
      bytes: 10_000_000,
    })
    expect(await messageOf(readReport({ chunks: [fill(REPORT_LIMITS.bytes + 1)] }))).toMatch(
      /^a report has at most 10 MB/,
    )
  })

  it('is told as soon as it is passed, not at the end', async () => {
    let given = 0
    const chunks: Chunks = {
      async *[Symbol.asyncIterator]() {
        for (;;) {
          given += 1_000_000
          yield new Uint8Array(1_000_000).fill(0x20)
        }
      },
    }
    expect(await messageOf(readReport({ chunks }))).toMatch(/^a report has at most 10 MB/)
    expect(given).toBe(11_000_000)
  })
})

describe('docs/reports.md', () => {
  const page = readFileSync('docs/reports.md', 'utf8')

  it('lists every format with its meaning', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| ([a-z]+) \|/gm)].map(([, name, meaning]) => [
      name,
      meaning,
    ])
    expect(rows).toEqual([
      ['format', 'meaning'],
      ...FORMAT_NAMES.map((name) => [name, FORMATS[name].meaning]),
    ])
  })

  it('says the limits', () => {
    const { bytes, depth, elements, attributes, values, sarifRuns, sarifResults, kept, textLength } =
      REPORT_LIMITS
    for (const words of [
      `${bytes / 1e6} MB`,
      `${depth} elements, objects`,
      `${elements.toLocaleString('en')} elements, ${attributes} attributes`,
      `${values.toLocaleString('en')} values of JSON; ${values.toLocaleString('en')} entries of LCOV`,
      `${REPORT_LIMITS.jsonText.toLocaleString('en')} characters in one text of JSON`,
      `lines of more than ${REPORT_LIMITS.lineLength.toLocaleString('en')} characters`,
      `${sarifRuns} runs, ${sarifResults.toLocaleString('en')} results`,
      `first ${kept} tests`,
      `${textLength}\ncharacters`,
    ])
      expect(page).toContain(words)
  })
})
