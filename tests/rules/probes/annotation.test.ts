import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseProbe } from '#lib/probes/annotation.ts'
import { configHash, type ProbeConfig, probeConfigSchema, variablesOf } from '#lib/probes/config.ts'
import { KINDS } from '#lib/probes/kinds.ts'
import { printProbe } from '#lib/probes/print.ts'
import { probeConfigs } from '#tests/rules/probes/arbitraries.ts'

const base = '$' + '{BASE_URL}'
const EXAMPLE = new RegExp(`^((?:${KINDS.join('|')}) .* expect .*)$|probe: ((?:.|\\n)*?)\\s-->`, 'gm')

function config(text: string): ProbeConfig {
  const parsed = parseProbe(text)
  if (!parsed.ok) throw new Error(`${parsed.problem.message} at ${parsed.problem.offset}`)
  return parsed.config
}

function problem(text: string) {
  const parsed = parseProbe(text)
  if (parsed.ok) throw new Error('parsed')
  return parsed.problem
}

describe('reading a probe', () => {
  it('fills in what is usual', () => {
    expect(config(`http ${base}/health/ expect status == 200`)).toEqual({
      v: 1,
      kind: 'http',
      method: 'GET',
      url: `${base}/health/`,
      headers: [],
      conditions: [{ level: 'expect', on: 'status', op: '==', value: 200 }],
      timeoutMs: 5000,
      redirects: { mode: 'none', max: 0 },
      maxBytes: 1_048_576,
      shelfSeconds: null,
      allowWarn: false,
    })
  })

  it('reads every clause', () => {
    const text =
      `http POST ${base}/a?x=1,2, expect status in (200, 204), header X-Frame-Options == "DENY",
      header strict-transport-security max-age >= 31536000, header content-encoding in (gzip, br, zstd),
      header server absent, body contains "a \\"b\\" --\\> c", body lacks "error", json checks.db.ok == true,
      json rate as % < 0.001 ratio, json name != "x", warn time < 0.5s
      send accept-encoding: gzip, send authorization: "Bearer $` +
      `{TOKEN}", timeout 2500ms, redirects follow 3,
      limit 64KiB, shelf 1h, allow warn`
    const read = config(text)
    expect(read.conditions.map(({ on }) => on)).toEqual([
      'status_in',
      'header',
      'directive',
      'header_in',
      'header_presence',
      'body',
      'body',
      'json',
      'json',
      'json',
      'time',
    ])
    expect(read.conditions.at(5)).toMatchObject({ value: 'a "b" --> c' })
    expect(read).toMatchObject({
      method: 'POST',
      timeoutMs: 2500,
      redirects: { mode: 'follow', max: 3 },
      maxBytes: 65_536,
      shelfSeconds: 3600,
      allowWarn: true,
      headers: [
        { name: 'accept-encoding', value: 'gzip' },
        { name: 'authorization', value: 'Bearer $' + '{TOKEN}' },
      ],
    })
    expect(printProbe(read)).not.toContain('-->')
    expect(config(printProbe(read))).toEqual(read)
  })

  it.each([
    ['', 0, 'the kind of probe is missing', null],
    ['htpp http://a/ expect status == 200', 0, '"htpp" is not known here', 'write http'],
    ['http', 4, 'the address is missing', null],
    [
      'http /health/ expect status == 200',
      5,
      'this is not an http or https address',
      'write $' + '{BASE_URL}/health/',
    ],
    ['http ftp://a/ expect status == 200', 5, 'this is not an http or https address', null],
    [
      'http http://a/',
      14,
      'the probe says nothing to expect, so it would prove nothing',
      'add: expect status == 200',
    ],
    [
      'http http://a/ warn status == 200',
      33,
      'the probe says nothing to expect, so it would prove nothing',
      'add: expect status == 200',
    ],
    ['http http://a/ expect staus == 200', 22, '"staus" is not known here', 'write status'],
    ['http http://a/ expect status = 200', 29, '"=" is not known here', 'write =='],
    ['http http://a/ expect status == 2000', 32, 'an HTTP status is a number from 100 to 599', 'write 200'],
    [
      'http http://a/ expect status == 200 timeout 99s',
      44,
      'this must be from 100ms to 30s, in whole milliseconds',
      'write 5s',
    ],
    ['http http://a/ expect status == 200 timeout 9KiB', 44, 'this needs a unit of time', 'write 5s'],
    ['http http://a/ expect time < 500', 28, 'a time needs its unit', 'write 500ms'],
    ['http http://a/ expect body contains "x', 36, 'the text has no closing quote', 'close the quote'],
    ['http http://a/ expect status in (200', 36, 'the list is not closed', 'close it with )'],
    ['http http://a/ expect json a < "x"', 29, 'only numbers have an order', 'write =='],
    [
      'http http://a/ expect json a < 5%',
      29,
      'both sides must measure the same thing',
      "say what the body's number measures: json a as %",
    ],
    ['http http://a/ expect status == 200 send host: x', 41, 'host is set by the probe itself', null],
    [
      'http http://a/ expect status == 200, timeout 1s, timeout 2s',
      49,
      '"timeout" is said twice',
      'keep one timeout',
    ],
    ['http http://a/ expect status == 200,', 36, 'a clause is missing', null],
    [`tls $\{BASE_URL} expect days-left >= 14%`, 36, 'days-left is a plain number', 'write 14'],
    ['tls ftp://a expect trusted', 4, 'this is not an https address or host:port', null],
    ['tls a.example expect refuses 1.4', 29, '"1.4" is not known here', 'write 1.0'],
    ['promql http://p up expect all == 1', 16, 'the query is missing; it stands in double quotes', null],
    ['promql http://p "up" expect all as ms < 5%', 40, 'both sides must measure the same thing', null],
    ['promql http://p "up" expect count < 5%', 36, 'a count has no unit', 'write 5'],
    ['redis http://a expect ping', 6, 'this is not a redis or rediss address', null],
    ['redis redis://a expect hit-rate > 90', 34, 'hit-rate needs a unit of ratio', 'write 90%'],
    [
      'redis redis://a expect ping window 3 of 2 every 1s',
      35,
      'more passes are needed than looks are taken',
      null,
    ],
    ['redis redis://a expect ping window 3 of 20 every 1m', 35, 'a window lasts at most 10 minutes', null],
    [
      'delivery http://a/ expect vary, send accept-encoding: br',
      56,
      'accept-encoding, range and conditional headers are set by the probe itself',
      null,
    ],
    [
      `postgres $\{DB}`,
      14,
      'the probe says nothing to expect, so it would prove nothing',
      'add: expect select',
    ],
    ['http HEAD http://a/ expect body contains x', 42, 'a HEAD request has no body to look at', null],
    [
      'http http://a/ expect header x-y contians "a"',
      42,
      'after the directive "contians" comes a comparison',
      'write contains',
    ],
  ])('%s', (text, offset, message, fix) => {
    expect(problem(text)).toMatchObject({ offset, message, fix })
  })

  it('reads back what it prints, for any configuration', () => {
    fc.assert(
      fc.property(probeConfigs, (generated) => {
        expect(probeConfigSchema.parse(generated)).toEqual(generated)
        const printed = printProbe(generated)
        expect(printed).not.toMatch(/--!?>/)
        expect(parseProbe(printed)).toEqual({ ok: true, config: generated })
      }),
      { numRuns: 1000 },
    )
  })

  it('answers any text without throwing', () => {
    const words = fc.constantFrom(
      'http',
      'http://a/',
      base,
      'expect',
      'status',
      'header',
      'json',
      '==',
      'in',
      '(',
      ')',
      ',',
      '"',
      '\\',
      '200',
      '5%',
      'send',
      ':',
    )
    const soup = fc
      .array(fc.oneof(words, fc.string({ unit: 'binary' })), { maxLength: 30 })
      .map((parts) => parts.join(' '))
    fc.assert(
      fc.property(soup, (text) => {
        const parsed = parseProbe(text)
        if (!parsed.ok) expect(parsed.problem.offset).toBeLessThanOrEqual(text.length)
        else expect(parseProbe(printProbe(parsed.config))).toEqual(parsed)
      }),
      { numRuns: 1000 },
    )
  })

  it('reads every example of the documentation', () => {
    const text = readFileSync('docs/probes.md', 'utf8')
    const examples = [...text.matchAll(EXAMPLE)].map(([, line, inline]) => line ?? inline ?? '')
    for (const kind of KINDS)
      expect(
        examples.some((example) => example.startsWith(`${kind} `)),
        kind,
      ).toBe(true)
    for (const example of examples) expect(parseProbe(example), example).toMatchObject({ ok: true })
  })

  it('names the variables that an environment must have', () => {
    const token = '$' + '{PROM_TOKEN}'
    const text =
      `promql ${base}/p "up{job='$` + `{JOB}'}" expect all == 1, send authorization: "Bearer ${token}"`
    expect(variablesOf(config(text))).toEqual(['BASE_URL', 'JOB', 'PROM_TOKEN'])
  })

  it('hashes what is asked, not how it is written', () => {
    const plain = config('http http://a/ expect status == 200')
    expect(configHash(plain)).toMatch(/^[0-9a-f]{64}$/)
    expect(configHash(config('http  GET http://a/  expect status == 200, timeout 5s'))).toBe(
      configHash(plain),
    )
    // Frozen in runs and template versions: what was stored before there were other kinds must keep its hash.
    expect(configHash(plain)).toBe('b2fd8b2e16bb4630d124957914b99b4ddd4e6cddc0ec1681a1a7a184b837e80a')
    expect(configHash(config('http http://a/ expect status == 201'))).not.toBe(configHash(plain))
  })
})
