import { describe, expect, it } from 'vitest'
import { FORMAT_NAMES, FORMATS, type ReportFormat } from '#lib/probes/reports/formats.ts'
import { advisorySix, npmAuditSix } from './findings-samples.ts'
import { LINES, NONE, TABLE, TESTS } from './format-table.ts'
import { judgeFacts, problemOf, read, sample } from './read.ts'

async function verdictOf(text: string, { format, conditions }: { format: ReportFormat; conditions: string }) {
  const found = await read(text)
  if (!found.ok) throw new Error(`${found.problem.message} at ${found.problem.line}:${found.problem.column}`)
  expect(found.format).toBe(format)
  expect(found.facts.meaning).toBe(FORMATS[format].meaning)
  // Said or found: the same is read.
  expect(await read(text, format)).toEqual(found)
  return judgeFacts(conditions, found.facts, format).outcome
}

describe.each(FORMAT_NAMES)('%s', (format) => {
  const { conditions, pass, fail, inconclusive, broken } = TABLE[format]
  const asked = { format, conditions }
  it('passes', async () => expect(await verdictOf(pass, asked)).toBe('pass'))
  it('fails', async () => expect(await verdictOf(fail, asked)).toBe('fail'))
  it('is inconclusive', async () => {
    // Of components nothing is left open but what no condition asks about.
    const open =
      FORMATS[format].meaning === 'components'
        ? { text: pass, format, conditions: 'expect components >= 1, critical == 0' }
        : { text: inconclusive, ...asked }
    expect(await verdictOf(open.text, open)).toBe('inconclusive')
  })
  it('cannot be read', async () => {
    const [text, line, message] = broken
    expect(await problemOf(text)).toMatchObject({ line, message })
  })
  it('is not read as another format', async () => {
    for (const other of FORMAT_NAMES.filter((one) => one !== format))
      expect((await read(pass, other)).ok, other).toBe(false)
  })
})

describe('npm audit of npm 6', () => {
  const asked = { format: 'npm-audit', conditions: NONE } as const
  it.each([
    ['pass', npmAuditSix({})],
    ['fail', npmAuditSix({ 1179: advisorySix }, 1)],
    ['inconclusive', npmAuditSix({}, 1)],
    ['inconclusive', npmAuditSix({}, 0, 0)],
  ])('%s', async (outcome, text) => expect(await verdictOf(text, asked)).toBe(outcome))
})

describe('a file that a tool really wrote', () => {
  it.each<[string, ReportFormat, string, string]>([
    ['junit-node.xml', 'junit', TESTS, 'fail'],
    ['junit-node.xml', 'junit', 'expect tests == 8, passed == 3, failed == 2, skipped == 3', 'pass'],
    ['junit-pytest.xml', 'junit', TESTS, 'fail'],
    ['junit-pytest.xml', 'junit', 'expect failed == 4, errored == 2, skipped == 2', 'inconclusive'],
    ['cobertura-c8.xml', 'cobertura', LINES, 'pass'],
    ['cobertura-c8.xml', 'cobertura', 'expect branches >= 84%', 'fail'],
    ['cobertura-coverage-py.xml', 'cobertura', 'expect lines > 71%, lines < 72%, branches == 50%', 'pass'],
    ['clover-c8.xml', 'clover', 'expect lines >= 81%, functions == 50%, statements >= 81%', 'pass'],
    ['lcov-c8.info', 'lcov', 'expect lines >= 81%, functions == 50%, branches >= 83%', 'pass'],
    ['lcov-coverage-py.info', 'lcov', 'expect lines > 71%, lines < 72%, branches == 50%', 'pass'],
    ['coverage-py.json', 'coverage-py', 'expect lines > 71%, lines < 72%, branches == 50%', 'pass'],
    ['istanbul-c8.json', 'istanbul', 'expect lines >= 81%, functions == 50%', 'pass'],
    ['junit-vitest.xml', 'junit', 'expect tests == 2, failed == 0', 'pass'],
    ['junit-phpunit.xml', 'junit', 'expect tests == 2, failed == 0', 'pass'],
    ['clover-vitest.xml', 'clover', 'expect lines == 50%, functions == 50%', 'pass'],
    ['cobertura-vitest.xml', 'cobertura', 'expect lines == 50%', 'pass'],
    // What it states and what its lines say differ: 6 of 7, and 3 of 4.
    ['cobertura-vitest.xml', 'cobertura', 'expect branches >= 80%', 'inconclusive'],
    ['cobertura-vitest.xml', 'cobertura', 'expect branches >= 75%', 'pass'],
    ['istanbul-vitest.json', 'istanbul', 'expect lines == 50%, statements == 50%', 'pass'],
    ['lcov-vitest.info', 'lcov', 'expect lines == 50%, branches > 85%', 'pass'],
    ['clover-phpunit.xml', 'clover', 'expect lines >= 75%, functions == 50%', 'pass'],
    ['cobertura-phpunit.xml', 'cobertura', LINES, 'fail'],
    ['cobertura-gcovr.xml', 'cobertura', 'expect lines > 66%, branches == 50%', 'pass'],
    ['lcov-geninfo.info', 'lcov', 'expect lines > 66%, branches == 50%', 'pass'],
    ['jacoco-debian.xml', 'jacoco', LINES, 'fail'],
    // A linter's error may be as bad as any, and its silence is not that nothing is critical.
    ['sarif-eslint.json', 'sarif', NONE, 'inconclusive'],
    ['sarif-eslint.json', 'sarif', 'expect all == 1', 'pass'],
    ['sarif-eslint.json', 'sarif', 'expect all == 0', 'fail'],
    ['cyclonedx-npm-6.json', 'cyclonedx-json', 'expect components == 1, unpinned == 0', 'pass'],
    ['cyclonedx-npm-6.xml', 'cyclonedx-xml', 'expect components == 1, unpinned == 0', 'pass'],
    ['cyclonedx-npm.json', 'cyclonedx-json', 'expect components == 4, unpinned == 0', 'pass'],
  ])('%s is %s: %s %s', async (name, format, conditions, outcome) => {
    expect(await verdictOf(sample(name), { format, conditions })).toBe(outcome)
  })

  it('may say that its tool did not look', async () => {
    const { message } = await problemOf(sample('npm-audit-failed.json'))
    expect(message).toMatch(/^npm audit did not look: 405 Method Not Allowed/)
  })
})
