import { describe, expect, it } from 'vitest'
import { factsOf, judgeFacts, problemOf } from './read.ts'

const of = (covered: number, total: number) => ({ covered, total })
const line = (number: number, hits: string, more = '') => `<line number="${number}" hits="${hits}" ${more}/>`

describe('Cobertura', () => {
  it('counts the lines of classes, not those of their methods again', async () => {
    const text = `<coverage lines-covered="2" lines-valid="3" branches-covered="1" branches-valid="4" line-rate="0.66">
      <packages><package><classes>
        <class filename="a.py"><methods><method><lines>${line(1, '1')}</lines></method></methods>
          <lines>${line(1, '1', 'branch="true" condition-coverage="50% (1/2)"')}${line(2, '0', 'condition-coverage="0% (0/2)"')}</lines></class>
        <class filename="a.py"><lines>${line(9, '1')}</lines></class>
      </classes></package></packages></coverage>`
    expect(await factsOf('coverage', text)).toEqual({
      meaning: 'coverage',
      files: 1,
      lines: { stated: of(2, 3), counted: of(2, 3) },
      branches: { stated: of(1, 4), counted: of(1, 4) },
      functions: { stated: null, counted: null },
      statements: { stated: null, counted: null },
    })
  })

  it('reads no share from a rate alone', async () => {
    const facts = await factsOf('coverage', '<coverage line-rate="1" branch-rate="1"/>')
    expect(judgeFacts('expect lines >= 80%', facts)).toMatchObject({
      outcome: 'inconclusive',
      line: 'lines not in the report · wanted ≥ 80%',
    })
  })

  it.each(['', 'many', '1.5'])('refuses a line that ran "%s" times', async (hits) => {
    const text = `<coverage line-rate="1"><class><lines>${line(1, hits)}</lines></class></coverage>`
    expect((await problemOf(text)).message).toBe('a line does not say how often it ran')
  })

  it('takes a counter that ran over as not run', async () => {
    const text = `<coverage line-rate="1"><class><lines>${line(1, '-3')}${line(2, '4')}</lines></class></coverage>`
    expect((await factsOf('coverage', text)).lines.counted).toEqual(of(1, 2))
  })
})

describe('JaCoCo', () => {
  it('reads the counters of the report, and counts lines, branches and methods', async () => {
    const text = `<report name="app"><group name="g"><package name="p">
        <class name="A"><method name="m"><counter type="METHOD" missed="0" covered="1"/></method>
          <counter type="METHOD" missed="1" covered="3"/><counter type="LINE" missed="9" covered="9"/></class>
        <sourcefile name="A.java"><line nr="1" mi="0" ci="2" mb="1" cb="1"/><line nr="2" mi="3" ci="0" mb="0" cb="0"/>
          <counter type="LINE" missed="1" covered="1"/></sourcefile></package></group>
      <counter type="LINE" missed="1" covered="1"/><counter type="BRANCH" missed="1" covered="1"/>
      <counter type="METHOD" missed="1" covered="3"/></report>`
    expect(await factsOf('coverage', text)).toMatchObject({
      files: 1,
      lines: { stated: of(1, 2), counted: of(1, 2) },
      branches: { stated: of(1, 2), counted: of(1, 2) },
      functions: { stated: of(3, 4), counted: of(3, 4) },
    })
  })
})

describe('Clover', () => {
  it('counts a line once, by files, and leaves out tests', async () => {
    const text = `<coverage generated="1"><project>
        <file name="a.php"><line num="1" type="method" count="1"/><line num="2" type="stmt" count="0"/>
          <line num="2" type="stmt" count="1"/><line num="3" type="cond" truecount="0" falsecount="2"/>
          <line num="4" type="stmt" count="0"/></file>
        <file name="b.php"><line num="2" type="stmt" count="0"/></file>
        <metrics statements="5" coveredstatements="3" conditionals="2" coveredconditionals="1" methods="1" coveredmethods="1"/>
      </project><testproject><file name="t.php"><line num="1" type="stmt" count="1"/></file></testproject></coverage>`
    expect(await factsOf('coverage', text)).toMatchObject({
      files: 2,
      lines: { stated: null, counted: of(2, 4) },
      statements: { stated: of(3, 5), counted: null },
      branches: { stated: of(1, 2), counted: null },
      functions: { stated: of(1, 1), counted: of(1, 1) },
    })
  })
})

describe('LCOV', () => {
  const record = (path: string, lines: string) => `SF:${path}\n${lines}\nend_of_record\n`

  it('counts what stands in two records once, and adds up their totals', async () => {
    const first = record(
      'a.c',
      'FN:1,f\nFNDA:0,f\nFNF:1\nFNH:0\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nBRDA:1,0,0,-\nBRDA:1,0,1,2\nBRF:2\nBRH:1',
    )
    const second = record('a.c', 'FNDA:1,f\nFNF:1\nFNH:1\nDA:2,5,someHash\nLF:1\nLH:1')
    expect(await factsOf('coverage', `TN:unit\r\n${first}${second}`)).toMatchObject({
      files: 1,
      lines: { stated: of(2, 3), counted: of(2, 2) },
      functions: { stated: of(1, 2), counted: of(1, 1) },
      branches: { stated: of(1, 2), counted: of(1, 2) },
    })
  })

  it('skips comments, empty lines and entries that it does not know', async () => {
    const text = record('a.c', '# by hand\n\nVER:1\nFNL:0,1,2\nFNA:0,3,f\nMCDC:1,2,t,0,0,x\nDA:1,1')
    expect((await factsOf('coverage', text)).lines).toEqual({ stated: null, counted: of(1, 1) })
  })

  it.each([
    ['TN:\nSF:a.c\nDA:1\nend_of_record', 3, 'how often it ran is missing'],
    ['TN:\nSF:a.c\nDA:x,1\nend_of_record', 3, 'a whole number is missing'],
    ['TN:\nSF:a.c\nLF:-1\nend_of_record', 3, 'a whole number is missing'],
    ['TN:\nDA:1,1\n', 2, 'DA stands before the SF of its file'],
    ['TN:\nend_of_record', 2, 'end_of_record stands where no record has begun'],
    ['SF:a.c\nSF:b.c', 2, 'the record of a.c is not ended'],
    [`TN:\nSF:${'a'.repeat(70_000)}`, 2, 'a line of LCOV has at most 65536 characters'],
    ['SF:a.c\nhello', 2, 'this is no line of LCOV; wanted NAME:VALUE or end_of_record'],
  ])('refuses %j', async (text, at, message) => {
    expect(await problemOf(text)).toEqual({ line: at, column: 1, message })
  })

  it('takes a counter that ran over as not run', async () => {
    expect((await factsOf('coverage', record('a.c', 'DA:1,-2'))).lines.counted).toEqual(of(0, 1))
  })
})

describe('a share', () => {
  const facts = (stated: [number, number] | null, counted: [number, number] | null) => ({
    meaning: 'coverage' as const,
    files: 1,
    lines: { stated: stated && of(...stated), counted: counted && of(...counted) },
    branches: { stated: null, counted: null },
    functions: { stated: null, counted: null },
    statements: { stated: null, counted: null },
  })

  it.each<[string, [number, number] | null, [number, number] | null, string, string]>([
    ['lines >= 80%', [8, 10], null, 'pass', '80% of 10 lines'],
    ['lines >= 80%', null, [8, 10], 'pass', '80% of 10 lines'],
    ['lines >= 80%', [7999, 10_000], null, 'fail', '79.99% of 10000 lines · wanted ≥ 80%'],
    ['lines >= 80%', [799_999_999, 1_000_000_000], null, 'fail', '79.99% of 1000000000 lines · wanted ≥ 80%'],
    ['lines >= 80%', [8, 10], [9, 10], 'pass', '80% of 10 lines as stated, 90% of 10 lines as counted'],
    [
      'lines >= 80%',
      [9, 10],
      [7, 10],
      'inconclusive',
      '90% of 10 lines as stated, 70% of 10 lines as counted · wanted ≥ 80%',
    ],
    [
      'lines >= 80%',
      [7, 10],
      [9, 10],
      'inconclusive',
      '70% of 10 lines as stated, 90% of 10 lines as counted · wanted ≥ 80%',
    ],
    [
      'lines >= 80%',
      [0, 10],
      [1, 10],
      'fail',
      '0% of 10 lines as stated, 10% of 10 lines as counted · wanted ≥ 80%',
    ],
    ['lines >= 0%', [0, 0], null, 'inconclusive', 'no lines to cover · wanted ≥ 0%'],
    ['lines >= 0%', [0, 0], [5, 5], 'inconclusive', 'no lines to cover · wanted ≥ 0%'],
    ['lines >= 0%', [11, 10], null, 'inconclusive', 'lines not in the report · wanted ≥ 0%'],
    ['lines != 3%', null, null, 'inconclusive', 'lines not in the report · wanted ≠ 3%'],
    ['branches >= 0%', [1, 1], null, 'inconclusive', 'branches not in the report · wanted ≥ 0%'],
  ])('%s of %j stated and %j counted: %s', (condition, stated, counted, outcome, line) => {
    expect(judgeFacts(`expect ${condition}`, facts(stated, counted))).toMatchObject({ outcome, line })
  })
})
