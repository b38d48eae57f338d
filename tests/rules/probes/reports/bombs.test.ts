import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FORMAT_NAMES, FORMATS, type ReportFormat } from '#lib/probes/reports/formats.ts'
import { REPORT_LIMITS } from '#lib/probes/reports/limits.ts'
import { type ReadReport, readReport } from '#lib/probes/reports/read-report.ts'
import { TABLE } from './format-table.ts'
import { bytesOf, judgeFacts, read } from './read.ts'

type Family = 'xml' | 'json' | 'lcov'
const familyOf = (format: ReportFormat): Family => {
  const [first] = TABLE[format].pass.trim()
  return first === '<' ? 'xml' : first === '{' ? 'json' : 'lcov'
}

/** What never ends, and after how many bytes at most the reading of it does. */
const ENDLESS: Record<Family, Record<string, { head: string; again: string; most: number }>> = {
  xml: {
    'elements in each other': { head: '', again: '<testsuite>', most: 70_000 },
    'elements beside each other': { head: '<testsuite>', again: '<testcase name="a"/>', most: 10_100_000 },
    'one text': { head: '<testsuite><testcase name="', again: 'a'.repeat(1_000), most: 10_100_000 },
    'white space': { head: '', again: ' '.repeat(1_000), most: 10_100_000 },
  },
  json: {
    'objects in each other': { head: '', again: '{"a":', most: 70_000 },
    'lists in each other': { head: '{"a":', again: '[', most: 70_000 },
    'values beside each other': { head: '{"results":[', again: '1,', most: 4_200_000 },
    'one text': { head: '{"results":["', again: 'a'.repeat(1_000), most: 1_100_000 },
    'one text of escapes': { head: '{"results":["', again: '\\u0041', most: 1_100_000 },
    'one name': { head: '{"', again: 'a'.repeat(1_000), most: 1_100_000 },
    'one number': { head: '{"results":[', again: '1', most: 70_000 },
  },
  lcov: {
    'one line': { head: 'TN:', again: 'a', most: 140_000 },
    entries: { head: 'TN:\nSF:a\n', again: 'DA:1,1\n', most: 10_100_000 },
  },
}

const CHUNK = 65_536

/** Reads what never ends in chunks as a socket gives them, and counts the bytes that were asked for. */
async function readEndless({ head, again }: { head: string; again: string }) {
  const chunk = bytesOf(again.repeat(Math.ceil(CHUNK / again.length)))
  let given = 0
  const chunks = {
    async *[Symbol.asyncIterator]() {
      yield bytesOf(head)
      for (;;) {
        given += chunk.length
        yield chunk
      }
    },
  }
  return { found: await readReport({ chunks }), given: () => given }
}

describe.each(Object.entries(ENDLESS))('%s that never ends', (_family, rows) => {
  it.each(Object.entries(rows))('in %s is refused where it breaks a limit', async (_name, row) => {
    const { found, given } = await readEndless(row)
    expect(found.ok).toBe(false)
    expect(given()).toBeLessThanOrEqual(row.most)
  })
})

const LAUGHS = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>`
const FETCHED = '<!DOCTYPE report [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'

/** A sound file of the format, made into what it must not be. */
const BOMBS: Record<string, (text: string, family: Family) => string | Uint8Array | null> = {
  'compressed by gzip': (text) => new Uint8Array(gzipSync(text)),
  'in a ZIP': (text) => new Uint8Array([0x50, 0x4b, 3, 4, ...bytesOf(text)]),
  'with a byte that is not UTF-8': (text) => new Uint8Array([...bytesOf(text), 0xff]),
  'with a second file behind it': (text, family) => (family === 'lcov' ? null : `${text}${text}`),
  'inside another root': (text, family) =>
    ({
      xml: `<html><body>${text.replace(/<[?!][^>]*>/g, '')}</body></html>`,
      json: `[[${text}]]`,
      lcov: `<pre>${text}</pre>`,
    })[family],
  'with a million laughs': (text, family) =>
    family === 'xml' ? `${LAUGHS}${text.replace(/<[?!][^>]*>/g, '').replace('>', '>&b;')}` : null,
  'with a DTD that fetches': (text, family) =>
    family === 'xml' ? `${FETCHED}${text.replace(/<[?!][^>]*>/g, '')}` : null,
  'with a name that stands twice': (text, family) =>
    family === 'json' ? text.replace(/^\{/, '{"twice": 1, "twice": 2,') : null,
  'with an end that is a NUL': (text) => `${text.trimEnd().slice(0, -1)}\0`,
}

async function outcomeOf(found: ReadReport, format: ReportFormat): Promise<string> {
  return found.ok ? judgeFacts(TABLE[format].conditions, found.facts, format).outcome : 'refused'
}

describe.each(FORMAT_NAMES)('%s', (format) => {
  const { pass } = TABLE[format]
  const family = familyOf(format)

  it('passes as it is, or none of these would show anything', async () => {
    expect(await outcomeOf(await read(pass), format)).toBe('pass')
  })

  it.each(Object.keys(BOMBS))('%s is refused with a place', async (name) => {
    const bomb = BOMBS[name]?.(pass, family) ?? null
    // Not every family can be made into every bomb.
    if (bomb === null) return
    for (const asked of [null, format]) {
      const chunks = [typeof bomb === 'string' ? bytesOf(bomb) : bomb]
      const found = await readReport({ chunks, format: asked })
      expect(found.ok ? `read as ${found.format}` : 'refused').toBe('refused')
      if (!found.ok) expect(found.problem.line).toBeGreaterThanOrEqual(1)
    }
  })

  it('cut after any byte is refused, or shows nothing', async () => {
    const bytes = bytesOf(pass.trimEnd())
    for (let length = 0; length < bytes.length; length++) {
      const found = await readReport({ chunks: [bytes.subarray(0, length)] })
      const outcome = await outcomeOf(found, format)
      // LCOV has no frame: before its first record ends it is one without records.
      expect(outcome, `${length} of ${bytes.length} bytes`).toBe(
        family === 'lcov' && found.ok ? 'inconclusive' : 'refused',
      )
    }
  })

  it('is evidence of no other meaning, whatever it is said to be', async () => {
    const facts = await factsOf(format)
    for (const other of FORMAT_NAMES.filter((one) => one !== format)) {
      const { meaning } = FORMATS[other]
      expect((await read(pass, other)).ok, `${format} as ${other}`).toBe(false)
      if (meaning === facts.meaning) continue
      expect(judgeFacts(TABLE[other].conditions, facts, format, meaning).outcome).toBe('inconclusive')
    }
  })
})

/** The facts of the sound file, for a probe that asks about something else. */
async function factsOf(format: ReportFormat) {
  const found = await read(TABLE[format].pass)
  if (!found.ok) throw new Error(found.problem.message)
  return found.facts
}

describe('JSON in pieces', { timeout: 60_000 }, () => {
  const text = fc.oneof(
    fc.json({ maxDepth: 4 }),
    fc.constantFrom(...FORMAT_NAMES.filter((one) => familyOf(one) === 'json').map((one) => TABLE[one].pass)),
    fc
      .array(
        fc.constantFrom(
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '"',
          '\\',
          '\\u00e9',
          '\\n',
          '1',
          '-',
          '.5',
          'e9',
          'true',
          'nul',
          ' ',
          '\r',
          '\n',
          'é',
          '😀',
          '"a"',
        ),
        { maxLength: 30 },
      )
      .map((parts) => `{"a":${parts.join('')}`),
  )

  it('says what it says whole, and is refused at the same place', () =>
    fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(40), { minLength: 1, maxLength: 8 }), async (json, sizes) => {
        const bytes = bytesOf(json)
        const pieces: Uint8Array[] = []
        for (let from = 0, n = 0; from < bytes.length; n++) {
          const size = (sizes[n % sizes.length] ?? 0) + 1
          pieces.push(bytes.subarray(from, from + size))
          from += size
        }
        expect(await readReport({ chunks: pieces })).toEqual(await readReport({ chunks: [bytes] }))
      }),
      { numRuns: 1_500 },
    ))

  it('is JSON where JSON.parse says so, but for names that stand twice', () =>
    fc.assert(
      fc.asyncProperty(text, async (json) => {
        const found = await read(json)
        const isSyntax =
          !found.ok &&
          !/^this JSON is|stands twice|^this is neither|is not|^this is/.test(found.problem.message)
        let isJson = true
        try {
          JSON.parse(json)
        } catch {
          isJson = false
        }
        if (isJson) expect(isSyntax && /^[{[]/.test(json.trim()), json).toBe(false)
        else expect(found.ok, json).toBe(false)
      }),
      { numRuns: 1_500 },
    ))

  it('holds no more than one escape or number of what it has not understood', async () => {
    const seen: number[] = []
    const { slice } = String.prototype
    const most = REPORT_LIMITS.jsonText
    const chunk = bytesOf('\\u0041'.repeat(10_000))
    String.prototype.slice = function (this: string, from?: number, to?: number) {
      const part = slice.call(this, from, to)
      if (from !== undefined && to === undefined) seen.push(part.length)
      return part
    }
    try {
      const head = bytesOf('{"results": ["')
      await readReport({ chunks: [head, ...Array.from({ length: most / 100_000 }, () => chunk)] })
    } finally {
      String.prototype.slice = slice
    }
    expect(Math.max(...seen)).toBeLessThan(100)
  })
})
