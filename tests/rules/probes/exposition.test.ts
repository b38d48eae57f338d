import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readExposition } from '#lib/probes/exposition.ts'

const text = (page: string) => readExposition(page, { openMetrics: false })
const open = (page: string) => readExposition(page, { openMetrics: true })

const PAGE = `# HELP http_requests_total Requests.
# TYPE http_requests_total counter
http_requests_total{code="200",path="/a \\"b\\" {x}, y"} 1027 1395066363000
http_requests_total{code="500", path="/",} 3
# any other comment
# TYPE took histogram
took_bucket{le="+Inf"} 5
took_sum 5.5e+01
took_count 5

plain 0x1p-2
odd{} NaN
{"utf8 name",label="x"} -Inf
`

describe('a page of metrics', () => {
  it('in text format', () => {
    const page = text(PAGE)
    expect(page).toMatchObject({
      wrong: null,
      series: 8,
      oldest: 1395066363000,
      duplicates: { count: 0, first: null },
    })
    expect(Object.fromEntries(page.families)).toEqual({
      http_requests_total: 2,
      took: 3,
      plain: 1,
      odd: 1,
      'utf8 name': 1,
    })
  })

  it('in OpenMetrics', () => {
    const page = open(
      '# TYPE a counter\n# UNIT a seconds\na_total{x="1"} 5 1395066363.5 # {trace="t"} 0.67\na_created 1\n# EOF\n',
    )
    expect(page).toMatchObject({ wrong: null, series: 2, oldest: 1395066363500 })
    expect(Object.fromEntries(page.families)).toEqual({ a: 2 })
  })

  it.each([
    ['a 1\nb{x="1"} 2\na 1\n', 1, 'a{}'],
    ['a{x="1",y="2"} 1\na{y="2",x="1"} 2\n', 1, 'a{x="1",y="2"}'],
    ['a{x="1"} 1 10\na{x="1"} 1 20\na{x="1"} 1\n', 2, 'a{x="1"}'],
  ])('%j has a series twice', (page, count, first) => {
    expect(text(page).duplicates).toEqual({ count, first })
  })

  it.each([
    ['', 1, 'the page is empty'],
    ['<html>\n', 1, 'this is neither a comment nor a sample'],
    ['a 1', 2, 'the last line has no line break: the page may be cut off'],
    ['# only a comment\n', 2, 'there is no sample'],
    ['a 1\nb\n', 2, 'a sample has a name, then its value'],
    ['a 1\nb one\n', 2, '"one" is not a number'],
    ['a 1 now\n', 1, '"now" is not a time'],
    ['a 1 1.5\n', 1, '"1.5" is not a time'],
    ['a 1 1 1\n', 1, 'something stands after the time'],
    ['a{x=1} 1\n', 1, 'the value of a label stands in quotes'],
    ['a{x="1} 1\n', 1, 'a quote is not closed'],
    ['a{x="1"y="2"} 1\n', 1, 'between labels stands a comma'],
    ['a{x} 1\n', 1, 'the label x has no value'],
    ['a{x="1",x="2"} 1\n', 1, 'the label x stands twice'],
    ['# TYPE a number\na 1\n', 1, '"number" is not a type of metric'],
    ['a 1\n# TYPE a gauge\n', 2, 'the type of a stands after its samples'],
    ['# TYPE a gauge\n# TYPE a gauge\na 1\n', 2, 'a has two types'],
  ])('%j is wrong in line %i', (page, line, why) => {
    expect(text(page).wrong).toEqual({ line, why })
  })

  it.each([
    ['# TYPE a gauge\na 1\n', 3, '# EOF is missing: the page may be cut off'],
    ['a 1\n# EOF\nb 1\n', 3, 'something stands after # EOF'],
    ['a 1\n\n# EOF\n', 2, 'OpenMetrics has no empty lines'],
    ['# TYPE a untyped\na 1\n# EOF\n', 1, '"untyped" is not a type of metric'],
  ])('%j is wrong in line %i of OpenMetrics', (page, line, why) => {
    expect(open(page).wrong).toEqual({ line, why })
  })

  it('never throws, and a valid page has a sample', () => {
    const part = fc.constantFrom(
      'a',
      '{',
      '}',
      '"',
      '\\',
      ',',
      '=',
      ' 1',
      '\n',
      '# TYPE ',
      'gauge',
      '# EOF',
      'x="1"',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), fc.boolean(), (parts, openMetrics) => {
        const page = readExposition(parts.join(''), { openMetrics })
        if (page.wrong === null) expect(page.series).toBeGreaterThan(0)
      }),
      { numRuns: 2000 },
    )
  })
})
