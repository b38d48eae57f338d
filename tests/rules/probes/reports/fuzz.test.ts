import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reportFactsSchema } from '#lib/probes/reports/facts.ts'
import { FORMAT_NAMES } from '#lib/probes/reports/formats.ts'
import { readReport } from '#lib/probes/reports/read-report.ts'
import { canonical } from '#lib/shared/canonical.ts'
import {
  advisorySix,
  flask,
  grype,
  grypeMatch,
  lodash,
  npmAudit,
  npmAuditSix,
  openssl,
  osv,
  osvPackage,
  pipAudit,
  sarif,
  sqlResult,
  sqlRule,
  trivy,
  trivyTarget,
} from './findings-samples.ts'
import { bytesOf, sample } from './read.ts'

const SAMPLES = [
  'junit-node.xml',
  'junit-pytest.xml',
  'cobertura-c8.xml',
  'clover-c8.xml',
  'lcov-c8.info',
  'coverage-py.json',
  'istanbul-c8.json',
  'cyclonedx-npm.json',
].map(sample)
const WRITTEN = [
  sarif({ rules: [sqlRule], results: [sqlResult] }),
  npmAudit({ lodash }, { high: 1 }),
  npmAuditSix({ 1179: advisorySix }, 1),
  pipAudit(flask),
  osv([osvPackage('9.8')]),
  trivy({ ...trivyTarget, Vulnerabilities: [openssl] }),
  grype([grypeMatch('High')]),
  '<report><sourcefile><line nr="1" mi="0" ci="1" mb="0" cb="0"/></sourcefile><counter type="LINE" missed="0" covered="1"/></report>',
  '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="library"><name>a</name></component></components></bom>',
]
const sound = fc.constantFrom(...SAMPLES, ...WRITTEN)
const format = fc.option(fc.constantFrom(...FORMAT_NAMES))

/** A sound file, with something in it replaced, taken out or put in where it hurts. */
const broken = fc
  .tuple(
    sound,
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        length: fc.nat(12),
        text: fc.oneof(
          fc.constantFrom(
            '',
            '"',
            '<',
            '>',
            '&',
            '{',
            '}',
            '[',
            ']',
            ',',
            ':',
            '\\',
            'null',
            '-1',
            '1e999',
            '\n',
            '\0',
            '<![CDATA[',
          ),
          fc.string({ unit: 'binary', maxLength: 8 }),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((whole, { at, length, text: put }) => {
      const start = Math.floor(at * whole.length)
      return whole.slice(0, start) + put + whole.slice(start + length)
    }, text),
  )

/** What is read is sound and can be stored; what is not is refused at a place that the text has. */
async function isAnswered(bytes: Uint8Array, asked: (typeof FORMAT_NAMES)[number] | null): Promise<void> {
  const found = await readReport({ chunks: [bytes], format: asked })
  if (found.ok) {
    expect(reportFactsSchema.parse(JSON.parse(canonical(found.facts)))).toEqual(found.facts)
    expect(canonical(found.facts)).not.toContain('\\u0000')
    expect(canonical(found.facts).length).toBeLessThan(60_000)
    return
  }
  const { line, column, message } = found.problem
  expect(message).not.toBe('')
  expect(message.length).toBeLessThan(600)
  expect(line).toBeGreaterThanOrEqual(1)
  expect(column).toBeGreaterThanOrEqual(1)
  expect(line).toBeLessThanOrEqual(new TextDecoder().decode(bytes).split(/\r\n|\n|\r/).length)
}

describe('any file', { timeout: 120_000 }, () => {
  it('of bytes is answered', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), format, (bytes, asked) => isAnswered(bytes, asked)),
      { numRuns: 1_000 },
    ))

  it('that was nearly right is answered', () =>
    fc.assert(
      fc.asyncProperty(broken, format, (text, asked) => isAnswered(bytesOf(text), asked)),
      { numRuns: 2_000 },
    ))

  it('cut anywhere is no report, or says no more than the whole', () =>
    fc.assert(
      fc.asyncProperty(sound, fc.double({ min: 0, max: 1, noNaN: true }), async (text, share) => {
        const cut = text.slice(0, Math.floor(text.trimEnd().length * share * 0.999))
        const found = await readReport({ chunks: [bytesOf(cut)] })
        // LCOV has no frame around its records: what ends after one of them is whole.
        if (found.ok) expect(found.format).toBe('lcov')
      }),
      { numRuns: 500 },
    ))

  it('of JSON says nothing where any of its texts was something else', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...WRITTEN.filter((text) => text.startsWith('{'))),
        fc.nat(),
        fc.constantFrom<unknown>(null, 0, [], {}, '', true, [null], [[]], { a: 1 }),
        async (text, pick, put) => {
          const bytes = bytesOf(JSON.stringify(withAnother(JSON.parse(text), { pick, put })))
          await isAnswered(bytes, null)
        },
      ),
      { numRuns: 2_000 },
    ))
})

/** One value somewhere in a tree replaced. */
function withAnother(tree: unknown, { pick, put }: { pick: number; put: unknown }): unknown {
  const paths: string[][] = []
  const walk = (value: unknown, path: string[]) => {
    paths.push(path)
    if (typeof value === 'object' && value !== null)
      for (const [key, child] of Object.entries(value)) walk(child, [...path, key])
  }
  walk(tree, [])
  const [first, ...rest] = paths[pick % paths.length] ?? []
  return first === undefined ? put : replaced(tree, [first, ...rest], put)
}

function replaced(tree: unknown, [key, ...rest]: string[], put: unknown): unknown {
  if (key === undefined) return put
  const child = (tree as Record<string, unknown>)[key]
  if (Array.isArray(tree))
    return tree.map((entry, index) => (String(index) === key ? replaced(entry, rest, put) : entry))
  return { ...(tree as object), [key]: replaced(child, rest, put) }
}

describe('a file twice as long', () => {
  const bytesOfWork = async (text: string) => {
    const bytes = bytesOf(text)
    let looked = 0
    const { slice } = String.prototype
    const { exec } = RegExp.prototype
    String.prototype.slice = function (this: string, from?: number, to?: number) {
      const part = slice.call(this, from, to)
      looked += part.length
      return part
    }
    RegExp.prototype.exec = function (this: RegExp, within: string) {
      const from = this.lastIndex
      const found = exec.call(this, within)
      looked += found === null ? 1 : found.index + found[0].length - (this.global || this.sticky ? from : 0)
      return found
    }
    try {
      const chunks = Array.from({ length: Math.ceil(bytes.length / 4_096) }, (_, index) =>
        bytes.subarray(index * 4_096, (index + 1) * 4_096),
      )
      await readReport({ chunks })
    } finally {
      String.prototype.slice = slice
      RegExp.prototype.exec = exec
    }
    return looked
  }

  it.each<[string, (times: number) => string]>([
    ['of cases', (times) => `<testsuite>${'<testcase name="a" time="1"/>'.repeat(times)}</testsuite>`],
    [
      'of failures',
      (times) => `<testsuite>${'<testcase><failure>x</failure></testcase>'.repeat(times)}</testsuite>`,
    ],
    [
      'of one text',
      (times) => `<testsuite><testcase><failure>${'x '.repeat(times)}</failure></testcase></testsuite>`,
    ],
    ['of one attribute', (times) => `<testsuite name="${'x '.repeat(times)}"/>`],
    ['of blanks', (times) => `${' \n'.repeat(times)}<testsuite/>`],
    ['of nothing closed', (times) => `<testsuite><!-- ${'-'.repeat(times)}`],
    ['of LCOV', (times) => `SF:a\n${'DA:1,1\n'.repeat(times)}end_of_record\n`],
    ['of one line of LCOV', (times) => `SF:${'a,'.repeat(times)}\nend_of_record\n`],
    ['of JSON', (times) => `{"a": [${'{"b": "c"},'.repeat(times)}1]}`],
    ['of one text of JSON', (times) => `["${'a\\n'.repeat(times)}"]`],
    ['of findings', (times) => grype(Array.from({ length: times }, () => grypeMatch('Low')))],
    [
      'of rules',
      (times) => sarif({ rules: Array.from({ length: times }, () => sqlRule), results: [sqlResult] }),
    ],
  ])('%s is looked at about twice as often', async (_, text) => {
    const [small, large] = [await bytesOfWork(text(2_000)), await bytesOfWork(text(8_000))]
    expect(small).toBeGreaterThan(100)
    expect(large).toBeLessThanOrEqual(small * 4.6 + 20_000)
  })
})
