import { describe, expect, it } from 'vitest'
import { factsOf, judgeFacts, problemOf, sample } from './read.ts'

const suite = (attributes: string, inside: string) =>
  `<testsuite name="s" ${attributes}>${inside}</testsuite>`
const passed = '<testcase classname="C" name="p" time="0.5"/>'
const failed =
  '<testcase classname="C" name="f" time="1"><failure message="1 != 2">at C.f</failure></testcase>'
const errored = '<testcase classname="C" name="e" time="1"><error>\n  boom\n  at C.e</error></testcase>'
const skipped = '<testcase classname="C" name="s"><skipped/></testcase>'

describe('JUnit XML', () => {
  it('tells passed, failed, errored and skipped apart, and says what did not pass', async () => {
    const text = suite('tests="4" failures="1" errors="1" skipped="1"', passed + failed + errored + skipped)
    expect(await factsOf('tests', text)).toEqual({
      meaning: 'tests',
      suites: 1,
      tests: 4,
      passed: 1,
      failed: 1,
      errored: 1,
      skipped: 1,
      time: '2500',
      disagreements: [],
      failures: [
        { name: 'C › f', is: 'failed', message: '1 != 2' },
        { name: 'C › e', is: 'errored', message: 'boom at C.e' },
      ],
    })
  })

  it.each([
    ['of its own cases', 'tests="1"', []],
    ['of all cases in it', 'tests="3" failures="2"', []],
    ['with every suite counted as one', 'tests="2" failures="1"', []],
    ['that nobody else comes to', 'tests="4"', ['outer states 4 tests, and has 3']],
    ['of failures that are not there', 'tests="3" failures="0"', []],
    ['of more failures than there are', 'failures="3"', ['outer states 3 failures, and has 2']],
    ['that is no number', 'tests="many"', ['outer states many tests, and has 3']],
    ['below zero', 'errors="-1"', ['outer states -1 errors, and has 0']],
    ['of skipped cases by another name', 'skips="0"', []],
    ['of skipped cases by another name, wrong', 'skips="5"', ['outer states 5 skipped, and has 0']],
  ])('takes a total %s as it is meant', async (_, attributes, disagreements) => {
    const text = `<testsuites><testsuite name="outer" ${attributes}>${passed}${suite('', failed + failed)}</testsuite></testsuites>`
    expect((await factsOf('tests', text)).disagreements).toEqual(disagreements)
  })

  it('keeps ten disagreements at most', async () => {
    const text = `<testsuites>${suite('tests="7"', '').repeat(30)}</testsuites>`
    expect((await factsOf('tests', text)).disagreements).toHaveLength(10)
  })

  it.each([
    ['a failure outside of the cases', suite('', `${passed}<failure message="hook"/>`)],
    ['an error outside of the cases', suite('', `${passed}<error message="no module"/>`)],
  ])('leaves a suite with %s open', async (_, text) => {
    const facts = await factsOf('tests', text)
    expect(facts.disagreements[0]).toContain('outside of its cases')
    expect(judgeFacts('expect failed == 0', facts).outcome).toBe('inconclusive')
  })

  it.each(['flabbergasted', '200', 'unknown', 'inconclusive', 'constructor', '-'])(
    'does not know how a case of status "%s" went',
    async (word) => {
      for (const attribute of ['status', 'result']) {
        const facts = await factsOf(
          'tests',
          suite('', `${passed}<testcase name="t" ${attribute}="${word}"/>`),
        )
        expect(facts.disagreements).toEqual([expect.stringContaining(`${attribute} "${word}" of `)])
        expect(judgeFacts('expect failed == 0, tests >= 1', facts).outcome).toBe('inconclusive')
      }
    },
  )

  it.each([
    ['<testcase name="t" status="run" result="completed"/>', 'passed'],
    ['<testcase name="t" status="notrun" result="suppressed"/>', 'skipped'],
    ['<testcase name="t" status="run" result="skipped"/>', 'skipped'],
    ['<testcase name="t" status="FAILED"/>', 'failed'],
    ['<testcase name="t" status="error"/>', 'errored'],
    ['<testcase name="t" status="passed"><failure/></testcase>', 'failed'],
    ['<testcase name="t" status="fail"/>', 'failed'],
    ['<testcase name="t" status="Not OK"/>', 'failed'],
    ['<testcase name="t" status="broken"/>', 'errored'],
    ['<testcase name="t" result="timedout"/>', 'errored'],
    ['<testcase name="t" result="Timed-Out"/>', 'errored'],
    ['<testcase name="t" status="run" result="fail"/>', 'failed'],
    ['<testcase name="t" status="notrun" result="failed"/>', 'failed'],
    ['<testcase name="t" status="panicked"/>', 'errored'],
    ['<testcase name="t" status="pending"/>', 'skipped'],
    ['<testcase name="t" status="not_run"/>', 'skipped'],
    ['<testcase name="t" result="Ignored"/>', 'skipped'],
    ['<testcase name="t" result="Pass"/>', 'passed'],
    ['<testcase name="t" status="ok"/>', 'passed'],
    ['<testcase name="t" status="SUCCESS"/>', 'passed'],
    ['<testcase name="t" status=" "/>', 'passed'],
    ['<testcase name="t" status="unheard of"><failure/></testcase>', 'failed'],
    ['<testcase name="t"><flakyFailure message="once"/></testcase>', 'passed'],
    ['<testcase name="t"><failure/><rerunFailure/></testcase>', 'failed'],
    ['<testcase name="t"><error/><failure/></testcase>', 'failed'],
    ['<testcase name="t"><skipped/><failure/></testcase>', 'failed'],
    ['<testcase name="t"><system-out><![CDATA[<failure/>]]></system-out></testcase>', 'passed'],
  ] as const)('%s is %s', async (text, outcome) => {
    const facts = await factsOf('tests', suite('', text))
    expect(facts).toMatchObject({ tests: 1, [outcome]: 1 })
    expect(facts.passed + facts.failed + facts.errored + facts.skipped).toBe(1)
  })

  it.each([
    ['0.25', '250'],
    ['1,234.5', '1234500'],
    ['1.5E-4', '0.15'],
    ['0', '0'],
    ['', null],
    ['soon', null],
    ['-1', null],
    ['NaN', null],
  ])('a time of "%s" is %s ms', async (time, ms) => {
    const text = suite('', `<testcase name="t" time="${time}"/>${skipped}`)
    expect((await factsOf('tests', text)).time).toBe(ms)
  })

  it('has no time when one case that ran has none, or none ran', async () => {
    expect((await factsOf('tests', suite('', `${passed}<testcase name="t"/>`))).time).toBeNull()
    expect((await factsOf('tests', suite('', skipped))).time).toBeNull()
  })

  it('keeps the names of twenty, and what they say masked and cut', async () => {
    const long = `password=hunter2 ${'x'.repeat(5_000)}`
    const text = suite('', `<testcase name="t"><failure message="${long}"/></testcase>`.repeat(30))
    const facts = await factsOf('tests', text)
    expect(facts).toMatchObject({ failed: 30 })
    expect(facts.failures).toHaveLength(20)
    expect(facts.failures[0]?.message).toMatch(/^password=••• x+…$/)
    expect(facts.failures[0]?.message).toHaveLength(300)
  })

  it.each([
    [
      '<testsuite><testcase name="a"><testcase name="b"/></testcase></testsuite>',
      'a case stands inside a case',
    ],
    ['<testsuite><testcase name="a"><testsuite/></testcase></testsuite>', 'a suite stands inside a case'],
  ])('refuses %s', async (text, message) => expect((await problemOf(text)).message).toBe(message))

  it('names the failures that pytest and Node wrote', async () => {
    const names = (name: string) =>
      factsOf('tests', sample(name)).then(({ failures }) => failures.map((failure) => failure.name))
    expect(await names('junit-pytest.xml')).toEqual([
      'test_a › test_bad',
      'test_a › test_err',
      'test_a › test_double',
      'test_a › test_double',
    ])
    expect(await names('junit-node.xml')).toEqual(['test › bad', 'suite.deeper › x'])
  })
})
