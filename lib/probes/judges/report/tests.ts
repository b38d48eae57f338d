import type { AnyCheck } from '#lib/probes/checks.ts'
import { type Found, implied, type JudgedCondition, judgeCheck } from '#lib/probes/judged.ts'
import type { TestsFacts } from '#lib/probes/reports/facts.ts'
import { counted } from '#lib/shared/words.ts'
import { asksForNone, plain } from './readings.ts'

/** What goes without saying: some test ran, and the file is not at odds with itself. */
export function judgeTests(facts: TestsFacts, checks: readonly AnyCheck[]): JudgedCondition[] {
  const judged = checks.map((check) => judgeCheck(check, foundOf(check, facts)))
  const ran = facts.tests - facts.skipped
  const isNoneWanted = facts.tests === 0 && asksForNone(checks, 'tests')
  const [odd, ...more] = facts.disagreements
  return [
    ...judged,
    ...(ran > 0 || isNoneWanted
      ? []
      : [
          implied({
            text: 'ran',
            observed:
              facts.tests === 0
                ? 'no tests'
                : `${facts.skipped} of ${counted({ count: facts.tests, one: 'test' })} skipped`,
            wanted: 'a test that ran',
            value: null,
          }),
        ]),
    ...(odd === undefined
      ? []
      : [
          implied({
            text: 'totals',
            observed: more.length === 0 ? odd : `${odd} (and ${more.length} more)`,
            wanted: 'totals that agree with the cases',
            value: null,
          }),
        ]),
  ]
}

function foundOf({ on }: AnyCheck, facts: TestsFacts): Found {
  const { tests, passed, failed, errored, skipped, time } = facts
  switch (on) {
    case 'tests':
      return { observed: counted({ count: tests, one: 'test' }), quantity: plain(tests) }
    case 'passed':
      return { observed: `${passed} of ${tests} passed`, quantity: plain(passed) }
    case 'failed': {
      const [first] = facts.failures
      const which = first === undefined ? '' : `: ${first.name}`
      return { observed: `${failed + errored} of ${tests} failed${which}`, quantity: plain(failed + errored) }
    }
    case 'errored':
      return { observed: `${errored} errored`, quantity: plain(errored) }
    case 'skipped':
      return { observed: `${skipped} skipped`, quantity: plain(skipped) }
    case 'time':
      return time === null
        ? { observed: 'no case has a time', quantity: null }
        : { observed: `${time} ms`, quantity: { value: time, unit: 'ms' } }
    default:
      return { observed: `${on} not known`, quantity: null }
  }
}
